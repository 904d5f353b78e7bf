// SPDX-License-Identifier: GPL-2.0-only
/* Reads or writes a register of 16 bits of a chip on I2C, whoever drives it: NODE ADDRESS REGISTER [VALUE]. */
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

int main(int argc, char **argv)
{
	union i2c_smbus_data data = { 0 };
	struct i2c_smbus_ioctl_data call = { .data = &data, .size = I2C_SMBUS_WORD_DATA };
	int bus;

	if (argc < 4)
		return 2;
	bus = open(argv[1], O_RDWR);
	if (bus < 0 || ioctl(bus, I2C_SLAVE_FORCE, strtoul(argv[2], NULL, 0)) < 0)
		return 1;
	call.command = strtoul(argv[3], NULL, 0);
	call.read_write = argc > 4 ? I2C_SMBUS_WRITE : I2C_SMBUS_READ;
	if (argc > 4)
		data.word = strtoul(argv[4], NULL, 0);
	if (ioctl(bus, I2C_SMBUS, &call) < 0)
		return 1;
	if (argc == 4)
		printf("%#x\n", data.word);
	return 0;
}
