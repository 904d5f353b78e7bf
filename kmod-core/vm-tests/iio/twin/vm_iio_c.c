// SPDX-License-Identifier: GPL-2.0-only
/* The channels of vm_iio in C. */
#include <linux/delay.h>
#include <linux/iio/events.h>
#include <linux/iio/iio.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/version.h>

/* Two numbers that were written. */
struct pair {
	int value;
	int fraction;
};

static struct pair light, light_scale, integration, accel_scale, frequency, voltage_scale, gain, thermocouple;
static DEFINE_MUTEX(lock);

static int object;

static struct pair *pair_of(const struct iio_chan_spec *channel, long info, int *format)
{
	*format = IIO_VAL_INT_PLUS_MICRO;
	switch (info) {
	case IIO_CHAN_INFO_SAMP_FREQ:
		return &frequency;
	case IIO_CHAN_INFO_THERMOCOUPLE_TYPE:
		*format = IIO_VAL_CHAR;
		return &thermocouple;
	case IIO_CHAN_INFO_RAW:
		if (channel->type != IIO_LIGHT)
			return NULL;
		*format = IIO_VAL_INT;
		return &light;
	case IIO_CHAN_INFO_INT_TIME:
		return &integration;
	case IIO_CHAN_INFO_HARDWAREGAIN:
		*format = IIO_VAL_INT_PLUS_MICRO_DB;
		return &gain;
	case IIO_CHAN_INFO_SCALE:
		switch (channel->type) {
		case IIO_LIGHT:
			return &light_scale;
		case IIO_ACCEL:
			*format = IIO_VAL_INT_PLUS_NANO;
			return &accel_scale;
		case IIO_VOLTAGE:
			return &voltage_scale;
		default:
			return NULL;
		}
	}
	return NULL;
}

static int sensors_read_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int *value, int *second,
			    long info)
{
	int format;
	struct pair *pair = pair_of(channel, info, &format);

	if (pair) {
		mutex_lock(&lock);
		*value = pair->value;
		*second = pair->fraction;
		mutex_unlock(&lock);
		/* The kernel divides by it, and shifts by it. */
		if (pair == &light_scale)
			return *second ? IIO_VAL_FRACTIONAL : -ERANGE;
		if (pair == &voltage_scale)
			return *second >= 0 && *second < 64 ? IIO_VAL_FRACTIONAL_LOG2 : -ERANGE;
		return format;
	}
	switch (channel->type) {
	case IIO_ACCEL:
		*value = channel->channel2 == IIO_MOD_X ? -1 : INT_MIN;
		return IIO_VAL_INT;
	case IIO_VOLTAGE:
		if (info == IIO_CHAN_INFO_RAW) {
			*value = channel->address;
			return IIO_VAL_INT;
		}
		*value = -1;
		*second = -5;
		return IIO_VAL_INT_PLUS_MICRO;
	case IIO_TEMP:
		usleep_range(20, 40);
		*value = object;
		return IIO_VAL_INT;
	case IIO_MAGN:
		*value = 1;
		*second = INT_MAX;
		return IIO_VAL_INT_PLUS_MICRO;
	case IIO_CURRENT:
		*value = info == IIO_CHAN_INFO_RAW && channel->output ? channel->channel : 3;
		return IIO_VAL_INT;
	case IIO_HUMIDITYRELATIVE:
		*value = 0;
		*second = -500000;
		return IIO_VAL_INT_PLUS_MICRO;
	case IIO_PRESSURE:
		*value = INT_MIN;
		*second = 63;
		return IIO_VAL_FRACTIONAL_LOG2;
	default:
		return -ENODATA;
	}
}

static int sensors_write_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int value, int fraction,
			     long info)
{
	int format;
	struct pair *pair = pair_of(channel, info, &format);

	if (!pair)
		return channel->type == IIO_CURRENT ? -EBUSY : -EINVAL;
	mutex_lock(&lock);
	pair->value = value;
	pair->fraction = fraction;
	mutex_unlock(&lock);
	return 0;
}

static int sensors_write_raw_get_fmt(struct iio_dev *device, const struct iio_chan_spec *channel, long info)
{
	int format;

	pair_of(channel, info, &format);
	return format;
}

static int long_list[1000];

static int sensors_read_avail(struct iio_dev *device, const struct iio_chan_spec *channel, const int **values,
			      int *type, int *length, long info)
{
	static const int times[] = { 1, 3, -1, 8, INT_MIN, -1 };
	static const int scales[] = { 0, 598550, 0, -1, INT_MAX, 999999999 };
	static const int frequencies[] = { 1, 0, 0, 500000, 400, 0 };
	static const int peaks[] = { 1, 0, 5, 63 };
	static const int pressures[] = { -5, 1, 100 };

	switch (channel->type) {
	case IIO_LIGHT:
		*values = times;
		*type = IIO_VAL_FRACTIONAL;
		*length = ARRAY_SIZE(times);
		return IIO_AVAIL_LIST;
	case IIO_ACCEL:
		if (info == IIO_CHAN_INFO_SCALE) {
			*values = scales;
			*type = IIO_VAL_INT_PLUS_NANO;
			*length = ARRAY_SIZE(scales);
			return IIO_AVAIL_LIST;
		}
		*values = frequencies;
		*type = IIO_VAL_INT_PLUS_MICRO;
		*length = ARRAY_SIZE(frequencies);
		return IIO_AVAIL_RANGE;
	case IIO_VOLTAGE:
		switch (info) {
		case IIO_CHAN_INFO_OFFSET:
			return -ERANGE;
		case IIO_CHAN_INFO_HARDWAREGAIN:
			*values = peaks;
			*type = IIO_VAL_INT_PLUS_MICRO;
			*length = 0;
			return IIO_AVAIL_LIST;
		case IIO_CHAN_INFO_CALIBBIAS:
			*values = long_list;
			*type = IIO_VAL_INT;
			*length = ARRAY_SIZE(long_list);
			return IIO_AVAIL_LIST;
		}
		*values = peaks;
		*type = IIO_VAL_FRACTIONAL_LOG2;
		*length = ARRAY_SIZE(peaks);
		return IIO_AVAIL_LIST;
	case IIO_PRESSURE:
		if (info != IIO_CHAN_INFO_RAW)
			return -EOPNOTSUPP;
		*values = pressures;
		*type = IIO_VAL_INT;
		*length = ARRAY_SIZE(pressures);
		return IIO_AVAIL_RANGE;
	default:
		return -EOPNOTSUPP;
	}
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
static int sensors_read_label(struct iio_dev *device, const struct iio_chan_spec *channel, char *label)
{
	if (channel->address != 70)
		return -EINVAL;
	return sprintf(label, "VDD\n");
}
#endif

static struct pair threshold;
static bool is_told;

static int tell(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
		enum iio_event_direction direction)
{
	u64 code;

	if (channel->differential)
#ifdef IIO_DIFF_EVENT_CODE
		code = IIO_DIFF_EVENT_CODE(channel->type, channel->channel, channel->channel2, type, direction);
#else
		code = IIO_EVENT_CODE(channel->type, 1, 0, direction, type, 0, channel->channel, channel->channel2);
#endif
	else if (channel->modified)
		code = IIO_MOD_EVENT_CODE(channel->type, channel->channel, channel->channel2, type, direction);
	else
		code = IIO_UNMOD_EVENT_CODE(channel->type, channel->channel, type, direction);
	return iio_push_event(device, code, iio_get_time_ns(device));
}

static int read_event_config(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
			     enum iio_event_direction direction)
{
	return channel->modified && channel->channel2 == IIO_MOD_Y ? -ENODATA : is_told;
}

static int write_event_config(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
			      enum iio_event_direction direction, bool state)
#else
			      enum iio_event_direction direction, int state)
#endif
{
	if (channel->modified && channel->channel2 == IIO_MOD_Y)
		return -EBUSY;
	is_told = state;
	return tell(device, channel, type, direction);
}

static int read_event_value(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
			    enum iio_event_direction direction, enum iio_event_info info, int *value, int *second)
{
	mutex_lock(&lock);
	*value = threshold.value;
	*second = threshold.fraction;
	mutex_unlock(&lock);
	switch (info) {
	case IIO_EV_INFO_HYSTERESIS:
		return *second ? IIO_VAL_FRACTIONAL : -ERANGE;
	case IIO_EV_INFO_PERIOD:
		return IIO_VAL_INT_PLUS_MICRO;
	default:
		return IIO_VAL_INT;
	}
}

static int write_event_value(struct iio_dev *device, const struct iio_chan_spec *channel, enum iio_event_type type,
			     enum iio_event_direction direction, enum iio_event_info info, int value, int fraction)
{
	mutex_lock(&lock);
	threshold.value = value;
	threshold.fraction = fraction;
	mutex_unlock(&lock);
	return value == 77 ? -ENOENT : tell(device, channel, type, direction);
}

static const struct iio_info sensors = {
	.read_event_config = read_event_config,
	.write_event_config = write_event_config,
	.read_event_value = read_event_value,
	.write_event_value = write_event_value,
	.read_raw = sensors_read_raw,
	.write_raw = sensors_write_raw,
	.write_raw_get_fmt = sensors_write_raw_get_fmt,
	.read_avail = sensors_read_avail,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
	.read_label = sensors_read_label,
#endif
};

#define EVENTS(specs) .event_spec = (specs), .num_event_specs = ARRAY_SIZE(specs)

static const struct iio_event_spec light_events[] = {
	{
		.type = IIO_EV_TYPE_THRESH,
		.dir = IIO_EV_DIR_RISING,
		.mask_separate = BIT(IIO_EV_INFO_ENABLE) | BIT(IIO_EV_INFO_VALUE) | BIT(IIO_EV_INFO_HYSTERESIS),
	},
	{
		.type = IIO_EV_TYPE_THRESH,
		.dir = IIO_EV_DIR_FALLING,
		.mask_separate = BIT(IIO_EV_INFO_ENABLE) | BIT(IIO_EV_INFO_VALUE),
	},
	{
		.type = IIO_EV_TYPE_THRESH,
		.dir = IIO_EV_DIR_EITHER,
		.mask_separate = BIT(IIO_EV_INFO_PERIOD),
	},
};

static const struct iio_event_spec accel_events[] = {
	{
		.type = IIO_EV_TYPE_ROC,
		.dir = IIO_EV_DIR_RISING,
		.mask_separate = BIT(IIO_EV_INFO_ENABLE),
		.mask_shared_by_type = BIT(IIO_EV_INFO_VALUE),
	},
};

static const struct iio_event_spec difference_events[] = {
	{
		.type = IIO_EV_TYPE_CHANGE,
		.dir = IIO_EV_DIR_NONE,
		.mask_separate = BIT(IIO_EV_INFO_ENABLE) | BIT(IIO_EV_INFO_VALUE),
	},
};

static const struct iio_event_spec current_events[] = {
	{
		.type = IIO_EV_TYPE_MAG_ADAPTIVE,
		.dir = IIO_EV_DIR_FALLING,
		.mask_separate = BIT(IIO_EV_INFO_ENABLE),
	},
};

#define ACCEL(axis)								\
	{									\
		.type = IIO_ACCEL,						\
		EVENTS(accel_events),						\
		.modified = 1,							\
		.channel2 = (axis),						\
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW),			\
		.info_mask_shared_by_type = BIT(IIO_CHAN_INFO_SCALE),		\
		.info_mask_shared_by_type_available = BIT(IIO_CHAN_INFO_SCALE),	\
		.info_mask_shared_by_all = BIT(IIO_CHAN_INFO_SAMP_FREQ),	\
		.info_mask_shared_by_all_available = BIT(IIO_CHAN_INFO_SAMP_FREQ), \
	}

static const struct iio_chan_spec channels[] = {
	{
		.type = IIO_LIGHT,
		EVENTS(light_events),
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE) |
				      BIT(IIO_CHAN_INFO_INT_TIME),
		.info_mask_separate_available = BIT(IIO_CHAN_INFO_INT_TIME),
	},
	ACCEL(IIO_MOD_X),
	ACCEL(IIO_MOD_Y),
	{
		.type = IIO_VOLTAGE,
		.indexed = 1,
		.channel = 0,
		.address = 70,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE),
	},
	{
		.type = IIO_VOLTAGE,
		.indexed = 1,
		.channel = 1,
		.address = 4,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_OFFSET) |
				      BIT(IIO_CHAN_INFO_HARDWAREGAIN),
		.info_mask_separate_available = BIT(IIO_CHAN_INFO_OFFSET) | BIT(IIO_CHAN_INFO_HARDWAREGAIN) |
						BIT(IIO_CHAN_INFO_CALIBBIAS) | BIT(IIO_CHAN_INFO_PEAK),
	},
	{
		.type = IIO_VOLTAGE,
		.indexed = 1,
		.differential = 1,
		EVENTS(difference_events),
		.channel = 0,
		.channel2 = 1,
		.address = 5,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW),
	},
	{
		.type = IIO_TEMP,
		.modified = 1,
		.channel2 = IIO_MOD_TEMP_OBJECT,
		.info_mask_separate = BIT(IIO_CHAN_INFO_PROCESSED),
	},
	{
		.type = IIO_TEMP,
		.indexed = 1,
		.channel = 5,
		.info_mask_separate = BIT(IIO_CHAN_INFO_THERMOCOUPLE_TYPE),
	},
	{
		.type = IIO_CONCENTRATION,
		.modified = 1,
		.channel2 = IIO_MOD_CO2,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW),
	},
	{
		.type = IIO_MAGN,
		.modified = 1,
		.channel2 = IIO_MOD_ROOT_SUM_SQUARED_X_Y_Z,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW),
	},
	{
		.type = IIO_CURRENT,
		EVENTS(current_events),
		.output = 1,
		.indexed = 1,
		.channel = 65535,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW),
		.info_mask_shared_by_dir = BIT(IIO_CHAN_INFO_OFFSET),
	},
	{
		.type = IIO_HUMIDITYRELATIVE,
		.info_mask_separate = BIT(IIO_CHAN_INFO_PROCESSED),
	},
	{
		.type = IIO_PRESSURE,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW),
		.info_mask_separate_available = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE),
	},
};

static struct platform_device *parent;
static struct iio_dev *device;

static int __init sensors_init(void)
{
	int ret = -ENOMEM, i;

	for (i = 0; i < ARRAY_SIZE(long_list); i++)
		long_list[i] = INT_MIN;
	parent = platform_device_register_simple("vm_iio_c", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	device = iio_device_alloc(&parent->dev, 0);
	if (!device)
		goto unregister;
	device->name = "vm_iio";
	device->info = &sensors;
	device->modes = INDIO_DIRECT_MODE;
	device->channels = channels;
	device->num_channels = ARRAY_SIZE(channels);
	ret = iio_device_register(device);
	if (ret)
		goto free;
	return 0;
free:
	iio_device_free(device);
unregister:
	platform_device_unregister(parent);
	return ret;
}

static void __exit sensors_exit(void)
{
	iio_device_unregister(device);
	iio_device_free(device);
	platform_device_unregister(parent);
}

module_init(sensors_init);
module_exit(sensors_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Channels of each form of value and each way of sharing, in C");
