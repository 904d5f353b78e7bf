// SPDX-License-Identifier: GPL-2.0-only
/* The driver of the chip in C: its ids, and the commands. */
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>

static unsigned int fail;
module_param(fail, uint, 0644);

static struct i2c_client *chip;
static u8 answer[I2C_SMBUS_BLOCK_MAX];
static int answered;

static int keep(int value, int bytes)
{
	if (value < 0)
		return value;
	if (bytes == 2)
		answer[0] = value >> 8;
	answer[bytes - 1] = value;
	answered = bytes;
	return 0;
}

static int transfer(u8 command, int length)
{
	struct i2c_msg messages[2] = {
		{ .addr = chip->addr, .len = 1, .buf = &command },
		{ .addr = chip->addr, .flags = I2C_M_RD, .len = length, .buf = answer },
	};
	int error = i2c_transfer(chip->adapter, messages, 2);

	answered = length;
	return error < 0 ? error : 0;
}

static int run(const char *op, u8 command, u16 value)
{
	union i2c_smbus_data data = { .word = value };
	u8 counted[I2C_SMBUS_BLOCK_MAX];
	int i, error;

	for (i = 0; i < sizeof(counted); i++)
		counted[i] = i;
	answered = 0;
	if (!strcmp(op, "quick"))
		return i2c_smbus_xfer(chip->adapter, chip->addr, chip->flags,
				      command ? I2C_SMBUS_READ : I2C_SMBUS_WRITE, 0,
				      I2C_SMBUS_QUICK, NULL);
	if (!strcmp(op, "read_byte"))
		return keep(i2c_smbus_read_byte(chip), 1);
	if (!strcmp(op, "write_byte"))
		return i2c_smbus_write_byte(chip, command);
	if (!strcmp(op, "read_byte_data"))
		return keep(i2c_smbus_read_byte_data(chip, command), 1);
	if (!strcmp(op, "write_byte_data"))
		return i2c_smbus_write_byte_data(chip, command, value);
	if (!strcmp(op, "read_word_data"))
		return keep(i2c_smbus_read_word_data(chip, command), 2);
	if (!strcmp(op, "write_word_data"))
		return i2c_smbus_write_word_data(chip, command, value);
	if (!strcmp(op, "process_call")) {
		error = i2c_smbus_xfer(chip->adapter, chip->addr, chip->flags, I2C_SMBUS_WRITE,
				       command, I2C_SMBUS_PROC_CALL, &data);
		return error < 0 ? error : keep(data.word, 2);
	}
	if (!strcmp(op, "read_block")) {
		answered = i2c_smbus_read_block_data(chip, command, answer);
		return min(answered, 0);
	}
	if (!strcmp(op, "write_block"))
		return i2c_smbus_write_block_data(chip, command, value, counted);
	if (!strcmp(op, "read_bytes")) {
		answered = i2c_smbus_read_i2c_block_data(chip, command, value, answer);
		return min(answered, 0);
	}
	if (!strcmp(op, "write_bytes"))
		return i2c_smbus_write_i2c_block_data(chip, command, value, counted);
	if (!strcmp(op, "transfer"))
		return transfer(command, value);
	return -ENOTTY;
}

static ssize_t c_write(struct file *file, const char __user *from, size_t length, loff_t *pos)
{
	unsigned int command = 0, value = 0;
	char text[64] = {}, op[32];
	int error;

	if (length >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, length))
		return -EFAULT;
	if (sscanf(text, "%31s %i %i", op, &command, &value) < 1)
		return -EINVAL;
	error = run(op, command, value);
	return error ?: length;
}

static ssize_t c_read(struct file *file, char __user *to, size_t length, loff_t *pos)
{
	char text[2 * I2C_SMBUS_BLOCK_MAX + 1];
	int bytes = snprintf(text, sizeof(text), "%*phN", max(answered, 0), answer);

	return simple_read_from_buffer(to, length, pos, text, bytes);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_buses_c_i2c0",
	.fops = &c_fops,
	.mode = 0666,
};

static int c_start(struct i2c_client *client)
{
	int error;

	if (fail)
		return fail == 1 ? -EIO : -EPROBE_DEFER;
	error = i2c_smbus_read_byte_data(client, 1);
	if (error < 0)
		return error;
	chip = client;
	return misc_register(&node);
}

static int __maybe_unused c_probe(struct i2c_client *client)
{
	return c_start(client);
}

static int __maybe_unused c_probe_with_id(struct i2c_client *client,
					  const struct i2c_device_id *id)
{
	return c_start(client);
}

static void __maybe_unused c_remove(struct i2c_client *client)
{
	misc_deregister(&node);
}

static int __maybe_unused c_remove_with_number(struct i2c_client *client)
{
	misc_deregister(&node);
	return 0;
}

static const struct i2c_device_id ids[] = {
	{ "vm-chip", 0 },
	{ "vm-chip-2", 1 },
	{}
};
MODULE_DEVICE_TABLE(i2c, ids);

static struct i2c_driver c_driver = {
	.driver = { .name = "vm_buses_c_i2c" },
	.id_table = ids,
	.probe = _Generic(((struct i2c_driver *)NULL)->probe,
			  int (*)(struct i2c_client *): c_probe,
			  int (*)(struct i2c_client *, const struct i2c_device_id *): c_probe_with_id),
	.remove = _Generic(((struct i2c_driver *)NULL)->remove,
			   void (*)(struct i2c_client *): c_remove,
			   int (*)(struct i2c_client *): c_remove_with_number),
};

module_i2c_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("An I2C driver in C");
