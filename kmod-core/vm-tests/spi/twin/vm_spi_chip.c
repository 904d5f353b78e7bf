// SPDX-License-Identifier: GPL-2.0-only
/*
 * A controller with simulated chips, each a file of 128 registers: the first byte after it is selected says where, and
 * by its highest bit whether they are read. It logs what goes over the wire, and fails, lies or goes as it is told.
 */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spi/spi.h>

#define CHIPS 4

static int fail;
module_param(fail, int, 0644);
MODULE_PARM_DESC(fail, "The errno of each transfer, or 0");

static bool hang;
module_param(hang, bool, 0644);
MODULE_PARM_DESC(hang, "Whether no transfer ever ends");

static unsigned int slow;
module_param(slow, uint, 0644);
MODULE_PARM_DESC(slow, "How many milliseconds a transfer takes");

static int lie;
module_param(lie, int, 0644);
MODULE_PARM_DESC(lie, "How many bytes more it says that it has moved than it has");

static unsigned int number;
module_param(number, uint, 0444);
MODULE_PARM_DESC(number, "Of the controller");

static struct chip {
	u8 registers[128];
	u8 command;
	u8 at;
	bool asked;
} chips[CHIPS];

/* Since 6.8 a device may have several lines that select it. */
#define line_of(spi) (*(const u8 *)&(spi)->chip_select)

static DEFINE_MUTEX(lock);
static struct spi_controller *host;
static char said[3072];
static int said_bytes;

#define say(...) \
	(said_bytes += scnprintf(said + said_bytes, sizeof(said) - said_bytes, __VA_ARGS__))

static u8 shift(struct chip *chip, u8 out)
{
	if (!chip->asked) {
		chip->asked = true;
		chip->command = out;
		chip->at = out & 0x7f;
		return 0xa5;
	}
	chip->at &= 0x7f;
	if (chip->command & 0x80)
		return chip->registers[chip->at++];
	chip->registers[chip->at++] = out;
	return ~out;
}

static void set_cs(struct spi_device *spi, bool high)
{
	mutex_lock(&lock);
	chips[line_of(spi)].asked = false;
	say("%s %u\n", high ? "off" : "on", line_of(spi));
	mutex_unlock(&lock);
}

static void say_delay(const char *what, const struct spi_delay *delay)
{
	if (delay->value)
		say(" %s %u ns", what,
		    delay->value * (delay->unit == SPI_DELAY_UNIT_USECS ? 1000 : 1));
}

static int transfer_one(struct spi_controller *controller, struct spi_device *spi,
			struct spi_transfer *transfer)
{
	const u8 *from = transfer->tx_buf;
	u8 *to = transfer->rx_buf;
	unsigned int i;

	if (slow)
		msleep(slow);
	if (fail)
		return -fail;
	if (hang)
		return 1;
	mutex_lock(&lock);
	for (i = 0; i < transfer->len; i++) {
		u8 in = shift(&chips[line_of(spi)], from ? from[i] : 0);

		if (to)
			to[i] = in;
	}
	say("%u bytes mode %#x bits %u speed %u", transfer->len, spi->mode & 0x3f,
	    transfer->bits_per_word, transfer->speed_hz);
	say_delay("delay", &transfer->delay);
	say_delay("word", &transfer->word_delay);
	if (transfer->cs_change) {
		say(" change");
		say_delay("for", &transfer->cs_change_delay);
	}
	if (from)
		say(" > %*phN", min(transfer->len, 8U), from);
	if (to)
		say(" < %*phN", min(transfer->len, 8U), to);
	say("\n");
	mutex_unlock(&lock);
	return 0;
}

/* Without this one the next is not called. */
static int prepare(struct spi_controller *controller, struct spi_message *message)
{
	return 0;
}

static int unprepare(struct spi_controller *controller, struct spi_message *message)
{
	if (message->actual_length)
		message->actual_length += lie;
	return 0;
}

static size_t max_transfer(struct spi_device *spi)
{
	return 4096;
}

static size_t max_message(struct spi_device *spi)
{
	return 6000;
}

static int said_get(char *to, const struct kernel_param *param)
{
	int bytes;

	mutex_lock(&lock);
	bytes = scnprintf(to, PAGE_SIZE, "%s", said);
	mutex_unlock(&lock);
	return bytes;
}

static int said_set(const char *text, const struct kernel_param *param)
{
	int i, at;

	mutex_lock(&lock);
	said_bytes = said[0] = 0;
	for (i = 0; i < CHIPS; i++)
		for (at = 0; at < sizeof(chips[i].registers); at++)
			chips[i].registers[at] = at ^ 0xa5;
	mutex_unlock(&lock);
	return 0;
}

static const struct kernel_param_ops said_ops = { .get = said_get, .set = said_set };
module_param_cb(said, &said_ops, NULL, 0644);
MODULE_PARM_DESC(said, "What went over the wire; writing begins anew, with the chips' registers");

/* "NAME LINE" makes a device, "- LINE" takes one away. */
static int device_set(const char *text, const struct kernel_param *param)
{
	struct spi_board_info info = { .max_speed_hz = 2000000 };
	unsigned int line;
	struct device *device;
	char name[24];

	if (sscanf(text, "%31s %u", info.modalias, &line) != 2 || line >= CHIPS)
		return -EINVAL;
	/* It does not go meanwhile: who binds and unbinds it does nothing else. */
	if (!host)
		return -ENODEV;
	info.chip_select = line;
	if (strcmp(info.modalias, "-"))
		return spi_new_device(host, &info) ? 0 : -ENODEV;
	snprintf(name, sizeof(name), "spi%u.%u", number, line);
	device = bus_find_device_by_name(&spi_bus_type, NULL, name);
	if (!device)
		return -ENODEV;
	spi_unregister_device(to_spi_device(device));
	put_device(device);
	return 0;
}

static const struct kernel_param_ops device_ops = { .set = device_set };
module_param_cb(device, &device_ops, NULL, 0200);

static void gone(void *unused)
{
	host = NULL;
}

static int probe(struct platform_device *device)
{
	struct spi_controller *made = __devm_spi_alloc_controller(&device->dev, 0, false);
	int ret;

	if (!made)
		return -ENOMEM;
	made->bus_num = -1;
	made->num_chipselect = CHIPS;
	made->mode_bits = SPI_CPOL | SPI_CPHA | SPI_LSB_FIRST | SPI_LOOP;
	made->bits_per_word_mask = SPI_BPW_MASK(8) | SPI_BPW_MASK(16) | SPI_BPW_MASK(32);
	made->min_speed_hz = 1000;
	made->max_speed_hz = 10000000;
	made->set_cs = set_cs;
	made->transfer_one = transfer_one;
	made->prepare_message = prepare;
	made->unprepare_message = unprepare;
	made->max_transfer_size = max_transfer;
	made->max_message_size = max_message;
	ret = devm_spi_register_controller(&device->dev, made);
	if (ret)
		return ret;
	number = made->bus_num;
	host = made;
	return devm_add_action_or_reset(&device->dev, gone, NULL);
}

static struct platform_driver driver = {
	.probe = probe,
	.driver.name = "vm_spi_chip",
};

static struct platform_device *device;

static int __init chip_init(void)
{
	int ret = platform_driver_register(&driver);

	if (ret)
		return ret;
	said_set(NULL, NULL);
	device = platform_device_register_simple("vm_spi_chip", PLATFORM_DEVID_NONE, NULL, 0);
	ret = PTR_ERR_OR_ZERO(device);
	if (ret)
		platform_driver_unregister(&driver);
	return ret;
}
module_init(chip_init);

static void __exit chip_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
}
module_exit(chip_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A controller with simulated chips");
