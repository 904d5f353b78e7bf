// SPDX-License-Identifier: GPL-2.0-only
/*
 * An adapter with simulated chips: at 0x50 one that is as it should be, at 0x51 one that lies about lengths.
 * Nobody else answers.
 */
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/module.h>

static u8 registers[256];
static u8 pointer;
static u8 block[I2C_SMBUS_BLOCK_MAX];
static u8 block_length;

static unsigned int slow;
module_param(slow, uint, 0644);
MODULE_PARM_DESC(slow, "How many milliseconds a chip takes");

static unsigned int number;
module_param(number, uint, 0444);
MODULE_PARM_DESC(number, "Of the adapter");

static s32 chip(struct i2c_adapter *adapter, u16 address, unsigned short flags, char direction,
		u8 command, int size, union i2c_smbus_data *data)
{
	bool read = direction == I2C_SMBUS_READ;
	int i;

	if (slow)
		msleep(slow);
	if (address != 0x50 && address != 0x51)
		return -ENXIO;
	switch (size) {
	case I2C_SMBUS_QUICK:
		return 0;
	case I2C_SMBUS_BYTE:
		if (read)
			data->byte = registers[pointer];
		else
			pointer = command;
		return 0;
	case I2C_SMBUS_BYTE_DATA:
		if (read)
			data->byte = registers[command];
		else
			registers[command] = data->byte;
		return 0;
	case I2C_SMBUS_WORD_DATA:
		if (read) {
			data->word = registers[command] | registers[(u8)(command + 1)] << 8;
		} else {
			registers[command] = data->word;
			registers[(u8)(command + 1)] = data->word >> 8;
		}
		return 0;
	case I2C_SMBUS_PROC_CALL:
		data->word = ~data->word;
		return 0;
	case I2C_SMBUS_BLOCK_DATA:
		if (!read) {
			block_length = data->block[0];
			memcpy(block, data->block + 1, block_length);
			return 0;
		}
		memcpy(data->block + 1, block, block_length);
		data->block[0] = address == 0x51 ? 255 : block_length;
		return 0;
	case I2C_SMBUS_I2C_BLOCK_DATA:
		for (i = 0; i < data->block[0]; i++)
			if (read)
				data->block[i + 1] = registers[(u8)(command + i)];
			else
				registers[(u8)(command + i)] = data->block[i + 1];
		if (read && address == 0x51)
			data->block[0] = command;
		return 0;
	}
	return -EOPNOTSUPP;
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	int i, at;

	for (i = 0; i < count; i++) {
		if (messages[i].addr != 0x50)
			return -ENXIO;
		for (at = 0; at < messages[i].len; at++)
			if (messages[i].flags & I2C_M_RD)
				messages[i].buf[at] = registers[pointer++];
			else
				pointer = messages[i].buf[at];
	}
	return count;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL | I2C_FUNC_SMBUS_READ_BLOCK_DATA;
}

static const struct i2c_algorithm algorithm = {
	.master_xfer = transfer,
	.smbus_xfer = chip,
	.functionality = functionality,
};

static struct i2c_adapter adapter = {
	.owner = THIS_MODULE,
	.algo = &algorithm,
	.name = "simulated",
};

static int __init chip_init(void)
{
	int i, error;

	for (i = 0; i < sizeof(registers); i++)
		registers[i] = i ^ 0xa5;
	error = i2c_add_adapter(&adapter);
	number = adapter.nr;
	return error;
}
module_init(chip_init);

static void __exit chip_exit(void)
{
	i2c_del_adapter(&adapter);
}
module_exit(chip_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Simulated chips");
