// SPDX-License-Identifier: GPL-2.0-only
/* The devices of vm_iio_buffer in C, and a trigger for both. */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/iio/buffer.h>
#include <linux/iio/iio.h>
#include <linux/iio/trigger.h>
#include <linux/iio/trigger_consumer.h>
#include <linux/iio/triggered_buffer.h>
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/version.h>

static unsigned int mode;
module_param(mode, uint, 0644);
MODULE_PARM_DESC(mode, "What the handlers do");

static unsigned int disabled;
module_param(disabled, uint, 0444);
MODULE_PARM_DESC(disabled, "How often buffers were switched off");

enum { REFUSE = 1, FAIL, SLOW, EMPTY };

/* The trigger. It fires as often as is written to "poll", or every so many microseconds as are written to "rate". */
static struct iio_trigger *trigger;
static struct irq_work work;
static struct hrtimer timer;
static unsigned int rate;

static void fire(struct irq_work *work)
{
	iio_trigger_poll(trigger);
}

static enum hrtimer_restart tick(struct hrtimer *timer)
{
	iio_trigger_poll(trigger);
	hrtimer_forward_now(timer, ns_to_ktime((u64)rate * NSEC_PER_USEC));
	return HRTIMER_RESTART;
}

static int poll_set(const char *text, const struct kernel_param *param)
{
	unsigned int count;
	int ret = kstrtouint(text, 0, &count);

	if (ret)
		return ret;
	while (count--) {
		int patience = 10000;

		irq_work_queue(&work);
		irq_work_sync(&work);
		/* It is dropped while handlers run. */
		while (atomic_read(&trigger->use_count) && --patience)
			usleep_range(100, 200);
		if (!patience)
			return -ETIMEDOUT;
	}
	return 0;
}

static int rate_set(const char *text, const struct kernel_param *param)
{
	int ret;

	hrtimer_cancel(&timer);
	ret = kstrtouint(text, 0, &rate);
	if (!ret && rate)
		hrtimer_start(&timer, ns_to_ktime((u64)rate * NSEC_PER_USEC), HRTIMER_MODE_REL_HARD);
	return ret;
}

static void trigger_end(void)
{
	if (!trigger)
		return;
	iio_trigger_unregister(trigger);
	hrtimer_cancel(&timer);
	irq_work_sync(&work);
	iio_trigger_free(trigger);
	trigger = NULL;
}

static int gone_set(const char *text, const struct kernel_param *param)
{
	trigger_end();
	return 0;
}

static const struct kernel_param_ops poll_ops = { .set = poll_set };
static const struct kernel_param_ops rate_ops = { .set = rate_set };
static const struct kernel_param_ops gone_ops = { .set = gone_set };

module_param_cb(poll, &poll_ops, NULL, 0200);
MODULE_PARM_DESC(poll, "Fires the trigger so often, one after the other");
module_param_cb(rate, &rate_ops, NULL, 0200);
MODULE_PARM_DESC(rate, "Fires it every so many microseconds, or not any more");
module_param_cb(gone, &gone_ops, NULL, 0200);
MODULE_PARM_DESC(gone, "Takes the trigger away");

static int trigger_begin(void)
{
	int ret;

	init_irq_work(&work, fire);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(&timer, tick, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
#else
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	timer.function = tick;
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0)
	trigger = iio_trigger_alloc(NULL, "vm_iio_trigger");
#else
	trigger = iio_trigger_alloc("vm_iio_trigger");
#endif
	if (!trigger)
		return -ENOMEM;
	ret = iio_trigger_register(trigger);
	if (ret) {
		iio_trigger_free(trigger);
		trigger = NULL;
	}
	return ret;
}

/* The devices. */
static u32 count;
static s32 plain_count;

/* What user space is promised: the real bits, above those below them. */
static u64 stored(const struct iio_chan_spec *channel, u64 value)
{
	return (value & (U64_MAX >> (64 - channel->scan_type.realbits))) << channel->scan_type.shift;
}

/* Writes a value where it belongs; where the next one may begin. */
static size_t put(u8 *scan, size_t at, const struct iio_chan_spec *channel, u64 value)
{
	size_t length = channel->scan_type.storagebits / 8;
	u64 bits = stored(channel, value);
	bool big = channel->scan_type.endianness == IIO_BE;

	at = ALIGN(at, length);
	switch (length) {
	case 1:
		scan[at] = bits;
		break;
	case 2:
		*(u16 *)(scan + at) = big ? cpu_to_be16(bits) : cpu_to_le16(bits);
		break;
	case 4:
		*(u32 *)(scan + at) = big ? cpu_to_be32(bits) : cpu_to_le32(bits);
		break;
	default:
		*(u64 *)(scan + at) = big ? cpu_to_be64(bits) : cpu_to_le64(bits);
	}
	return at + length;
}

static u64 rotated(u64 value, unsigned int by)
{
	return by ? value << by | value >> (64 - by) : value;
}

static bool is_on(struct iio_dev *device, const struct iio_chan_spec *channel)
{
	return channel->scan_index >= 0 && channel->type != IIO_TIMESTAMP &&
	       test_bit(channel->scan_index, device->active_scan_mask);
}

static irqreturn_t sensors_handler(int irq, void *of)
{
	struct iio_poll_func *poll = of;
	struct iio_dev *device = poll->indio_dev;
	u8 scan[64] __aligned(8) = { 0 };
	size_t at = 0;
	unsigned int i;

	count++;
	if (mode == FAIL && count % 2 == 0)
		goto done;
	if (mode == SLOW)
		msleep(20);
	for (i = 0; i < device->num_channels && mode != EMPTY; i++) {
		const struct iio_chan_spec *channel = &device->channels[i];
		u64 value = (u64)count * 0x0102030405060708 + channel->channel;

		if (is_on(device, channel))
			at = put(scan, at, channel, rotated(value, count % 5 * 8));
	}
	iio_push_to_buffers_with_timestamp(device, scan, poll->timestamp);
done:
	iio_trigger_notify_done(device->trig);
	return IRQ_HANDLED;
}

static int plain_value(const struct iio_chan_spec *channel, int *value)
{
	s32 now = plain_count++;

	if (channel->channel == 1 && now % 4 == 3)
		return -EINVAL;
	*value = channel->channel == 1 ? -now : now * 0x101;
	return 0;
}

static irqreturn_t plain_handler(int irq, void *of)
{
	struct iio_poll_func *poll = of;
	struct iio_dev *device = poll->indio_dev;
	u8 scan[16] __aligned(8) = { 0 };
	size_t at = 0;
	unsigned int i;
	int value;

	for (i = 0; i < device->num_channels; i++) {
		if (!is_on(device, &device->channels[i]))
			continue;
		if (plain_value(&device->channels[i], &value))
			goto done;
		at = put(scan, at, &device->channels[i], value);
	}
	iio_push_to_buffers(device, scan);
done:
	iio_trigger_notify_done(device->trig);
	return IRQ_HANDLED;
}

static int sensors_preenable(struct iio_dev *device)
{
	count = 0;
	return mode == REFUSE ? -ENODATA : 0;
}

static int sensors_postdisable(struct iio_dev *device)
{
	disabled++;
	return 0;
}

static const struct iio_buffer_setup_ops sensors_setup = {
	.preenable = sensors_preenable,
	.postdisable = sensors_postdisable,
};

static int sensors_read_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int *value, int *second,
			    long info)
{
	*value = count;
	return IIO_VAL_INT;
}

static int plain_read_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int *value, int *second,
			  long info)
{
	if (!plain_value(channel, value))
		return IIO_VAL_INT;
	*value = 1;
	*second = 5;
	return IIO_VAL_INT_PLUS_MICRO;
}

/* Kernels have labels since 5.11. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
static int sensors_read_label(struct iio_dev *device, const struct iio_chan_spec *channel, char *to)
{
	return channel->type == IIO_TEMP ? sprintf(to, "hot\n") : -EINVAL;
}
#endif

static const struct iio_info sensors = {
	.read_raw = sensors_read_raw,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
	.read_label = sensors_read_label,
#endif
};

static const struct iio_info plain = { .read_raw = plain_read_raw };

#define SCAN(index, letter, real, storage, below, order)                                                               \
	.scan_index = index, .scan_type = {                                                                            \
		.sign = letter, .realbits = real, .storagebits = storage, .shift = below, .endianness = order,         \
	}

#define RAW .info_mask_separate = BIT(IIO_CHAN_INFO_RAW)

static const struct iio_chan_spec sensors_channels[] = {
	{ .type = IIO_ACCEL, .modified = 1, .channel2 = IIO_MOD_X, RAW, SCAN(0, 's', 12, 16, 4, IIO_BE) },
	{ .type = IIO_ACCEL, .modified = 1, .channel2 = IIO_MOD_Y, RAW, SCAN(1, 's', 12, 16, 0, IIO_LE) },
	{
		.type = IIO_TEMP,
		.modified = 1,
		.channel2 = IIO_MOD_TEMP_OBJECT,
		.info_mask_separate = BIT(IIO_CHAN_INFO_PROCESSED),
		.scan_index = -1,
	},
	{ .type = IIO_VOLTAGE, .indexed = 1, .channel = 7, RAW, SCAN(2, 'u', 1, 8, 7, IIO_CPU) },
	{ .type = IIO_VOLTAGE, .indexed = 1, .differential = 1, .channel2 = 1, SCAN(3, 'u', 24, 32, 8, IIO_CPU) },
	{ .type = IIO_LIGHT, SCAN(4, 's', 64, 64, 0, IIO_BE) },
	{ .type = IIO_PROXIMITY, RAW, SCAN(5, 's', 32, 32, 0, IIO_CPU) },
	IIO_CHAN_SOFT_TIMESTAMP(6),
};

static const struct iio_chan_spec plain_channels[] = {
	{ .type = IIO_VOLTAGE, .indexed = 1, .channel = 0, RAW, SCAN(0, 'u', 16, 16, 0, IIO_CPU) },
	{ .type = IIO_VOLTAGE, .indexed = 1, .channel = 1, RAW, SCAN(1, 's', 8, 8, 0, IIO_CPU) },
};

static struct platform_device *parent;
static struct iio_dev *devices[2];

static void device_end(struct iio_dev *device)
{
	iio_device_unregister(device);
	iio_triggered_buffer_cleanup(device);
	iio_device_free(device);
}

static struct iio_dev *device_begin(const char *name, const struct iio_info *info, const struct iio_chan_spec *channels,
				    int count, irqreturn_t (*handler)(int irq, void *of),
				    const struct iio_buffer_setup_ops *setup)
{
	struct iio_dev *device = iio_device_alloc(&parent->dev, 0);

	if (!device)
		return NULL;
	device->name = name;
	device->info = info;
	device->modes = INDIO_DIRECT_MODE;
	device->channels = channels;
	device->num_channels = count;
	if (iio_triggered_buffer_setup(device, iio_pollfunc_store_time, handler, setup))
		goto free;
	if (iio_device_register(device))
		goto cleanup;
	return device;
cleanup:
	iio_triggered_buffer_cleanup(device);
free:
	iio_device_free(device);
	return NULL;
}

static int __init buffer_init(void)
{
	int ret = trigger_begin();

	if (ret)
		return ret;
	parent = platform_device_register_simple("vm_iio_buffer_c", -1, NULL, 0);
	ret = PTR_ERR_OR_ZERO(parent);
	if (ret)
		goto trigger;
	ret = -ENODEV;
	devices[0] = device_begin("vm_iio_buffer", &sensors, sensors_channels, ARRAY_SIZE(sensors_channels),
				  sensors_handler, &sensors_setup);
	if (!devices[0])
		goto unregister;
	devices[1] = device_begin("vm_iio_plain", &plain, plain_channels, ARRAY_SIZE(plain_channels), plain_handler,
				  NULL);
	if (!devices[1])
		goto first;
	return 0;
first:
	device_end(devices[0]);
unregister:
	platform_device_unregister(parent);
trigger:
	trigger_end();
	return ret;
}

static void __exit buffer_exit(void)
{
	trigger_end();
	device_end(devices[1]);
	device_end(devices[0]);
	platform_device_unregister(parent);
}

module_init(buffer_init);
module_exit(buffer_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Devices with buffers, in C, and a trigger for them");
