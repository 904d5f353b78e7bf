// SPDX-License-Identifier: GPL-2.0-only
/* The driver of the chip in C: its ids, and the commands. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spi/spi.h>
#include <linux/uaccess.h>

#define BUFFER 4097

static unsigned int fail;
module_param(fail, uint, 0644);

static struct spi_device *chip;
static u8 *from, *to;
static u8 answer[64];
static int answered;

static void keep(const u8 *bytes, int count)
{
	answered = min_t(int, count, sizeof(answer));
	memcpy(answer, bytes, answered);
}

static int settings(void)
{
	u8 now[7] = { chip->mode, chip->bits_per_word,
		      *(const u8 *)&chip->chip_select };

	memcpy(now + 3, &chip->max_speed_hz, 4);
	/* Of the mode, what both tell. */
	now[0] &= SPI_CPOL | SPI_CPHA;
	keep(now, sizeof(now));
	return 0;
}

static int setup(unsigned int which)
{
	u32 mode = chip->mode, speed = chip->max_speed_hz;
	u8 bits = chip->bits_per_word;
	int error;

	switch (which) {
	case 0:
		chip->mode |= SPI_MODE_3;
		chip->max_speed_hz = 1000000;
		break;
	case 1:
		chip->bits_per_word = 16;
		break;
	case 2:
		chip->bits_per_word = 12;
		chip->max_speed_hz = 5000;
		break;
	case 3:
		chip->mode |= SPI_3WIRE;
		break;
	case 4:
		chip->mode = (chip->mode & ~SPI_MODE_3) | SPI_MODE_1 | SPI_LSB_FIRST;
		break;
	case 5:
		chip->mode &= ~(SPI_MODE_3 | SPI_LSB_FIRST);
		chip->bits_per_word = 8;
		chip->max_speed_hz = 100000000;
		break;
	}
	error = spi_setup(chip);
	if (error) {
		chip->mode = mode;
		chip->max_speed_hz = speed;
		chip->bits_per_word = bits;
	}
	return error;
}

static int send(unsigned int which)
{
	struct spi_transfer t[3] = {};
	int count = 1, error, i;
	struct spi_message message;

	t[0].tx_buf = from;
	t[0].len = 4;
	switch (which) {
	case 0:
		t[0].cs_change = 1;
		t[0].delay = (struct spi_delay) { 30, SPI_DELAY_UNIT_USECS };
		t[1].tx_buf = from;
		t[1].len = 1;
		t[2].rx_buf = to;
		t[2].len = 5;
		count = 3;
		break;
	case 1:
		t[0].speed_hz = 1000000;
		t[0].bits_per_word = 16;
		break;
	case 2:
		count = 0;
		break;
	case 3:
		t[0].bits_per_word = 16;
		t[0].len = 3;
		break;
	case 4:
		t[0].bits_per_word = 12;
		break;
	case 5:
		t[0].word_delay = (struct spi_delay) { 5000, SPI_DELAY_UNIT_NSECS };
		t[0].cs_change = 1;
		t[0].cs_change_delay = (struct spi_delay) { 70, SPI_DELAY_UNIT_USECS };
		t[1].tx_buf = from;
		t[1].rx_buf = to;
		t[1].len = 6;
		count = 2;
		break;
	case 6:
		t[0].cs_change = 1;
		break;
	case 7:
		t[0].len = 0;
		t[0].delay = (struct spi_delay) { 1000, SPI_DELAY_UNIT_NSECS };
		break;
	case 8:
		t[0].speed_hz = 500;
		break;
	}
	spi_message_init(&message);
	for (i = 0; i < count; i++)
		spi_message_add_tail(&t[i], &message);
	error = spi_sync(chip, &message);
	if (!error)
		keep(to, message.actual_length);
	return error;
}

static int run(const char *op, unsigned int a, unsigned int b)
{
	struct spi_transfer both = { .tx_buf = from, .rx_buf = to, .len = a };
	int i, error;

	answered = 0;
	for (i = 0; i < BUFFER; i++)
		from[i] = 0x80 + i;
	memset(to, 0, BUFFER);
	if (!strcmp(op, "write")) {
		from[0] = a;
		from[1] = b;
		return spi_write(chip, from, 2);
	}
	if (!strcmp(op, "write_n"))
		return a ? spi_write(chip, from, a) : spi_write_then_read(chip, from, 0, to, 0);
	if (!strcmp(op, "read")) {
		error = spi_read(chip, to, a);
		if (!error)
			keep(to, a);
		return error;
	}
	if (!strcmp(op, "write_then_read")) {
		from[0] = a;
		error = spi_write_then_read(chip, from, 1, to, b);
		if (!error)
			keep(to, b);
		return error;
	}
	if (!strcmp(op, "transfer")) {
		error = spi_sync_transfer(chip, &both, 1);
		if (!error)
			keep(to, a);
		return error;
	}
	if (!strcmp(op, "message"))
		return send(a);
	if (!strcmp(op, "setup"))
		return setup(a);
	if (!strcmp(op, "settings"))
		return settings();
	return -ENOTTY;
}

static ssize_t c_write(struct file *file, const char __user *user, size_t length, loff_t *pos)
{
	unsigned int a = 0, b = 0;
	char text[64] = {}, op[32];
	int error;

	if (length >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, length))
		return -EFAULT;
	if (sscanf(text, "%31s %i %i", op, &a, &b) < 1 || a > BUFFER || b > BUFFER)
		return -EINVAL;
	error = run(op, a, b);
	return error ?: length;
}

static ssize_t c_read(struct file *file, char __user *user, size_t length, loff_t *pos)
{
	char text[2 * sizeof(answer) + 1];
	int bytes = snprintf(text, sizeof(text), "%*phN", answered, answer);

	return simple_read_from_buffer(user, length, pos, text, bytes);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_spi_c0",
	.fops = &c_fops,
	.mode = 0666,
};

static int c_probe(struct spi_device *spi)
{
	int error;

	if (fail)
		return fail == 1 ? -EIO : -EPROBE_DEFER;
	error = spi_w8r8(spi, 0x81);
	if (error < 0)
		return error;
	from = devm_kzalloc(&spi->dev, BUFFER, GFP_KERNEL);
	to = devm_kzalloc(&spi->dev, BUFFER, GFP_KERNEL);
	if (!from || !to)
		return -ENOMEM;
	chip = spi;
	return misc_register(&node);
}

static int __maybe_unused c_remove_with_number(struct spi_device *spi)
{
	misc_deregister(&node);
	return 0;
}

static void __maybe_unused c_remove(struct spi_device *spi)
{
	misc_deregister(&node);
}

static const struct spi_device_id ids[] = {
	{ "vm-spi-chip", 0 },
	{ "vm-spi-chip-2", 1 },
	{}
};
MODULE_DEVICE_TABLE(spi, ids);

static struct spi_driver c_driver = {
	.driver = { .name = "vm_spi_c" },
	.id_table = ids,
	.probe = c_probe,
	.remove = _Generic(((struct spi_driver *)NULL)->remove,
			   void (*)(struct spi_device *): c_remove,
			   int (*)(struct spi_device *): c_remove_with_number),
};

module_spi_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("An SPI driver in C");
