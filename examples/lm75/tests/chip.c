// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads or writes a register of a chip on I2C, whoever drives it: NODE ADDRESS b|w REGISTER [VALUE].
 * Registers of 16 bits have their high byte first.
 */
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

int main(int argc, char **argv)
{
	union i2c_smbus_data data = { 0 };
	struct i2c_smbus_ioctl_data call = { .data = &data };
	unsigned long value;
	int is_word, bus;

	if (argc < 5)
		return 2;
	is_word = argv[3][0] == 'w';
	bus = open(argv[1], O_RDWR);
	if (bus < 0 || ioctl(bus, I2C_SLAVE_FORCE, strtoul(argv[2], NULL, 0)) < 0)
		return 1;
	call.command = strtoul(argv[4], NULL, 0);
	call.size = is_word ? I2C_SMBUS_WORD_DATA : I2C_SMBUS_BYTE_DATA;
	call.read_write = argc > 5 ? I2C_SMBUS_WRITE : I2C_SMBUS_READ;
	if (argc > 5) {
		value = strtoul(argv[5], NULL, 0);
		if (is_word)
			data.word = (unsigned short)(value << 8 | value >> 8);
		else
			data.byte = (unsigned char)value;
	}
	if (ioctl(bus, I2C_SMBUS, &call) < 0)
		return 1;
	if (argc == 5)
		printf("%#x\n", is_word ? (data.word << 8 & 0xff00) | data.word >> 8 : data.byte);
	return 0;
}
