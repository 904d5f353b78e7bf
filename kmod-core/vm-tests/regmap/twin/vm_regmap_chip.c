// SPDX-License-Identifier: GPL-2.0-only
/*
 * An I2C adapter with two chips, one of bytes and one of words, and an SPI controller with one of words. It logs what
 * goes over the wires, and fails or goes as it is told.
 */
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spi/spi.h>

static int fail;
module_param(fail, int, 0644);
MODULE_PARM_DESC(fail, "The errno of each transfer, or 0");

static int bad = -1;
module_param(bad, int, 0644);
MODULE_PARM_DESC(bad, "The register that cannot be written");

static unsigned int slow;
module_param(slow, uint, 0644);
MODULE_PARM_DESC(slow, "How many microseconds a transfer takes");

static bool smbus;
module_param(smbus, bool, 0444);
MODULE_PARM_DESC(smbus, "Whether the adapter is one of SMBus only");

static unsigned int i2c;
module_param(i2c, uint, 0444);
MODULE_PARM_DESC(i2c, "The number of the adapter");

static unsigned int number;
module_param(number, uint, 0444);
MODULE_PARM_DESC(number, "Of the controller");

static unsigned int torn;
module_param(torn, uint, 0444);
MODULE_PARM_DESC(torn, "How often the device on SPI was set up while it was talked to");

static DEFINE_MUTEX(lock);
static u8 bytes[256], words[512], spi_words[512];
static u8 byte_at;
static unsigned int word_at;
static char said[3072];
static int said_bytes;

#define say(...) \
	(said_bytes += scnprintf(said + said_bytes, sizeof(said) - said_bytes, __VA_ARGS__))

static u8 get(u16 address)
{
	u8 value;

	if (address != 0x50)
		return words[word_at++ % sizeof(words)];
	value = bytes[byte_at];
	/* The causes are cleared by being read. */
	if (byte_at == 5)
		bytes[5] = 0;
	byte_at++;
	return value;
}

static int set(u16 address, u8 value)
{
	if (address != 0x50) {
		if (word_at / 2 == bad)
			return -EREMOTEIO;
		words[word_at++ % sizeof(words)] = value;
		return 0;
	}
	if (byte_at == bad)
		return -EREMOTEIO;
	/* The events are cleared by ones. */
	if (byte_at == 6)
		bytes[6] &= ~value;
	else
		bytes[byte_at] = value;
	byte_at++;
	return 0;
}

static int wait(u16 address)
{
	if (slow)
		usleep_range(slow, slow + 100);
	if (address != 0x50 && address != 0x51)
		return -ENXIO;
	return -fail;
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	int error = wait(messages[0].addr), i, at;

	if (error)
		return error;
	mutex_lock(&lock);
	for (i = 0; i < count && !error; i++) {
		const struct i2c_msg *message = &messages[i];

		if (message->flags & I2C_M_RD) {
			for (at = 0; at < message->len; at++)
				message->buf[at] = get(message->addr);
		} else {
			byte_at = message->buf[0];
			word_at = message->buf[0] * 2;
			for (at = 1; at < message->len && !error; at++)
				error = set(message->addr, message->buf[at]);
		}
		say("%#x %s %*phN\n", message->addr, message->flags & I2C_M_RD ? "<" : ">",
		    min_t(int, message->len, 16), message->buf);
	}
	mutex_unlock(&lock);
	return error ?: count;
}

static s32 smbus_transfer(struct i2c_adapter *adapter, u16 address, unsigned short flags,
			  char direction, u8 command, int size, union i2c_smbus_data *data)
{
	bool read = direction == I2C_SMBUS_READ;
	int error = wait(address), i;

	if (error)
		return error;
	mutex_lock(&lock);
	byte_at = command;
	word_at = command * 2;
	switch (size) {
	case I2C_SMBUS_BYTE_DATA:
		if (read)
			data->byte = get(address);
		else
			error = set(address, data->byte);
		say("%#x %s byte %u\n", address, read ? "<" : ">", data->byte);
		break;
	case I2C_SMBUS_WORD_DATA:
		if (read) {
			data->word = get(address);
			data->word |= get(address) << 8;
		} else {
			error = set(address, data->word) ?: set(address, data->word >> 8);
		}
		say("%#x %s word %#x\n", address, read ? "<" : ">", data->word);
		break;
	case I2C_SMBUS_I2C_BLOCK_DATA:
		for (i = 1; i <= data->block[0] && !error; i++)
			if (read)
				data->block[i] = get(address);
			else
				error = set(address, data->block[i]);
		say("%#x %s block %*phN\n", address, read ? "<" : ">", data->block[0] + 1,
		    data->block);
		break;
	default:
		error = -EOPNOTSUPP;
	}
	mutex_unlock(&lock);
	return error;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	if (smbus)
		return I2C_FUNC_SMBUS_BYTE_DATA | I2C_FUNC_SMBUS_WORD_DATA |
		       I2C_FUNC_SMBUS_I2C_BLOCK;
	return I2C_FUNC_I2C;
}

static const struct i2c_algorithm both = {
	.master_xfer = transfer,
	.functionality = functionality,
};

static const struct i2c_algorithm smbus_only = {
	.smbus_xfer = smbus_transfer,
	.functionality = functionality,
};

static struct i2c_adapter adapter = {
	.owner = THIS_MODULE,
	.name = "simulated",
};

/* Numbers have 16 bits, of which two say the direction, and a byte follows. */
static int spi_message(struct spi_controller *controller, struct spi_message *message)
{
	struct spi_transfer *transfer;
	unsigned int count = 0, at, i;
	u8 head[3] = {};
	u32 speed = READ_ONCE(message->spi->max_speed_hz);
	int error = -fail;

	if (slow)
		usleep_range(slow, slow + 100);
	if (READ_ONCE(message->spi->max_speed_hz) != speed)
		torn++;
	mutex_lock(&lock);
	list_for_each_entry(transfer, &message->transfers, transfer_list) {
		const u8 *from = transfer->tx_buf;
		u8 *to = transfer->rx_buf;

		for (i = 0; i < transfer->len && !error; i++, count++) {
			if (count < sizeof(head)) {
				head[count] = from ? from[i] : 0;
				continue;
			}
			at = ((head[0] & 0x1f) << 8 | head[1]) * 2 + count - sizeof(head);
			at %= sizeof(spi_words);
			if (head[0] & 0x20) {
				if (at / 2 == bad)
					error = -EREMOTEIO;
				else
					spi_words[at] = from ? from[i] : 0;
			} else if (to) {
				to[i] = head[0] & 0x40 ? spi_words[at] : 0xff;
			}
		}
		if (from)
			say("spi > %*phN\n", min(transfer->len, 16U), from);
		if (to)
			say("spi < %*phN\n", min(transfer->len, 16U), to);
		message->actual_length += transfer->len;
	}
	mutex_unlock(&lock);
	message->status = error;
	spi_finalize_current_message(controller);
	return error;
}

static int said_get(char *to, const struct kernel_param *param)
{
	int length;

	mutex_lock(&lock);
	length = scnprintf(to, PAGE_SIZE, "%s", said);
	mutex_unlock(&lock);
	return length;
}

/* "1" has the chips' registers as they were, too. */
static int said_set(const char *text, const struct kernel_param *param)
{
	int i;

	mutex_lock(&lock);
	said_bytes = said[0] = 0;
	for (i = 0; text && text[0] == '1' && i < sizeof(words); i++) {
		bytes[i % sizeof(bytes)] = i ^ 0xa5;
		words[i] = i ^ 0x5a;
		spi_words[i] = i ^ 0x3c;
	}
	mutex_unlock(&lock);
	return 0;
}

static const struct kernel_param_ops said_ops = { .get = said_get, .set = said_set };
module_param_cb(said, &said_ops, NULL, 0644);
MODULE_PARM_DESC(said, "What went over the wires; writing begins anew");

static int probe(struct platform_device *device)
{
	struct spi_board_info info = { .max_speed_hz = 1000000, .modalias = "vm-regmap-spi" };
	struct spi_controller *made = __devm_spi_alloc_controller(&device->dev, 0, false);
	int error;

	if (!made)
		return -ENOMEM;
	made->bus_num = -1;
	made->num_chipselect = 1;
	made->transfer_one_message = spi_message;
	error = devm_spi_register_controller(&device->dev, made);
	if (error)
		return error;
	number = made->bus_num;
	return spi_new_device(made, &info) ? 0 : -ENODEV;
}

static struct platform_driver driver = {
	.probe = probe,
	.driver.name = "vm_regmap_chip",
};

static struct platform_device *device;

static int __init chip_init(void)
{
	int error;

	said_set("1", NULL);
	adapter.algo = smbus ? &smbus_only : &both;
	error = i2c_add_adapter(&adapter);
	if (error)
		return error;
	i2c = adapter.nr;
	error = platform_driver_register(&driver);
	if (error)
		goto del_adapter;
	device = platform_device_register_simple("vm_regmap_chip", PLATFORM_DEVID_NONE, NULL, 0);
	error = PTR_ERR_OR_ZERO(device);
	if (!error)
		return 0;
	platform_driver_unregister(&driver);
del_adapter:
	i2c_del_adapter(&adapter);
	return error;
}
module_init(chip_init);

static void __exit chip_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
	i2c_del_adapter(&adapter);
}
module_exit(chip_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Simulated chips");
