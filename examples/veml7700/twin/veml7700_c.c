// SPDX-License-Identifier: GPL-2.0-only
/* The VEML7700, in C. */
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/iio/iio.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/version.h>

enum { CONFIG = 0, ALS = 4, WHITE = 5, ID = 7 };

#define VEML7700 0x81

#define SHUTDOWN 1
#define TIME (0xf << 6)
#define GAIN (3 << 11)

struct sensor {
	struct i2c_client *client;
	struct mutex lock;
	u16 before;
	u16 config;
};

static const int times[] = { 0, 25000, 0, 50000, 0, 100000, 0, 200000, 0, 400000, 0, 800000 };
static const u16 time_bits[] = { 0xc << 6, 8 << 6, 0, 1 << 6, 2 << 6, 3 << 6 };

static const int gains[] = { 0, 125000, 0, 250000, 1, 0, 2, 0 };
static const u16 gain_bits[] = { 2 << 11, 3 << 11, 0, 1 << 11 };

static int configure(struct sensor *sensor, u16 mask, u16 bits)
{
	u16 new;
	int ret;

	mutex_lock(&sensor->lock);
	new = (sensor->config & ~mask) | bits;
	ret = i2c_smbus_write_word_data(sensor->client, CONFIG, new);
	if (!ret)
		sensor->config = new;
	mutex_unlock(&sensor->lock);
	return ret;
}

static int of_bits(const int *values, const u16 *bits, int count, u16 is, int *value, int *fraction)
{
	int i;

	for (i = 0; i < count; i++) {
		if (bits[i] != is)
			continue;
		*value = values[2 * i];
		*fraction = values[2 * i + 1];
		return IIO_VAL_INT_PLUS_MICRO;
	}
	return -EINVAL;
}

static int bits_of(const int *values, const u16 *bits, int count, int value, int fraction)
{
	int i;

	for (i = 0; i < count; i++)
		if (values[2 * i] == value && values[2 * i + 1] == fraction)
			return bits[i];
	return -EINVAL;
}

static u16 config_of(struct sensor *sensor)
{
	u16 config;

	mutex_lock(&sensor->lock);
	config = sensor->config;
	mutex_unlock(&sensor->lock);
	return config;
}

static int time_of(u16 config, int *value, int *fraction)
{
	return of_bits(times, time_bits, ARRAY_SIZE(time_bits), config & TIME, value, fraction);
}

static int gain_of(u16 config, int *value, int *fraction)
{
	return of_bits(gains, gain_bits, ARRAY_SIZE(gain_bits), config & GAIN, value, fraction);
}

static int scale_of(u16 config, int *value, int *nano)
{
	int whole, time, gain, part, ret;
	s64 billionths;

	ret = time_of(config, &whole, &time);
	if (ret < 0)
		return ret;
	ret = gain_of(config, &gain, &part);
	if (ret < 0)
		return ret;
	billionths = div_s64(4200000LL * 800000, time);
	billionths = div_s64(billionths * 2000000, gain * 1000000 + part);
	*value = div_s64_rem(billionths, 1000000000, nano);
	return IIO_VAL_INT_PLUS_NANO;
}

static int light_read_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int *value, int *fraction,
			  long info)
{
	struct sensor *sensor = iio_priv(device);
	int word;

	switch (info) {
	case IIO_CHAN_INFO_RAW:
		word = i2c_smbus_read_word_data(sensor->client, channel->type == IIO_LIGHT ? ALS : WHITE);
		if (word < 0)
			return word;
		*value = word;
		return IIO_VAL_INT;
	case IIO_CHAN_INFO_SCALE:
		return scale_of(config_of(sensor), value, fraction);
	case IIO_CHAN_INFO_INT_TIME:
		return time_of(config_of(sensor), value, fraction);
	case IIO_CHAN_INFO_HARDWAREGAIN:
		return gain_of(config_of(sensor), value, fraction);
	}
	return -EINVAL;
}

static int light_write_raw(struct iio_dev *device, const struct iio_chan_spec *channel, int value, int fraction,
			   long info)
{
	struct sensor *sensor = iio_priv(device);
	int bits;

	switch (info) {
	case IIO_CHAN_INFO_INT_TIME:
		bits = bits_of(times, time_bits, ARRAY_SIZE(time_bits), value, fraction);
		return bits < 0 ? bits : configure(sensor, TIME, bits);
	case IIO_CHAN_INFO_HARDWAREGAIN:
		bits = bits_of(gains, gain_bits, ARRAY_SIZE(gain_bits), value, fraction);
		return bits < 0 ? bits : configure(sensor, GAIN, bits);
	}
	return -EINVAL;
}

static int light_read_avail(struct iio_dev *device, const struct iio_chan_spec *channel, const int **values,
			    int *type, int *length, long info)
{
	*type = IIO_VAL_INT_PLUS_MICRO;
	if (info == IIO_CHAN_INFO_INT_TIME) {
		*values = times;
		*length = ARRAY_SIZE(times);
	} else {
		*values = gains;
		*length = ARRAY_SIZE(gains);
	}
	return IIO_AVAIL_LIST;
}

static const struct iio_info light = {
	.read_raw = light_read_raw,
	.write_raw = light_write_raw,
	.read_avail = light_read_avail,
};

static const struct iio_chan_spec channels[] = {
	{
		.type = IIO_LIGHT,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW) | BIT(IIO_CHAN_INFO_SCALE),
		.info_mask_shared_by_all = BIT(IIO_CHAN_INFO_INT_TIME) | BIT(IIO_CHAN_INFO_HARDWAREGAIN),
		.info_mask_shared_by_all_available = BIT(IIO_CHAN_INFO_INT_TIME) |
						     BIT(IIO_CHAN_INFO_HARDWAREGAIN),
	},
	{
		.type = IIO_INTENSITY,
		.modified = 1,
		.channel2 = IIO_MOD_LIGHT_BOTH,
		.info_mask_separate = BIT(IIO_CHAN_INFO_RAW),
	},
};

static const struct i2c_device_id sensor_ids[] = {
	{ "veml7700" },
	{}
};
MODULE_DEVICE_TABLE(i2c, sensor_ids);

static int sensor_found(struct i2c_client *client)
{
	struct iio_dev *device;
	struct sensor *sensor;
	int ret, word;

	word = i2c_smbus_read_word_data(client, ID);
	if (word < 0)
		return word;
	if ((word & 0xff) != VEML7700)
		return -ENODEV;
	word = i2c_smbus_read_word_data(client, CONFIG);
	if (word < 0)
		return word;
	device = iio_device_alloc(&client->dev, sizeof(*sensor));
	if (!device)
		return -ENOMEM;
	sensor = iio_priv(device);
	sensor->client = client;
	mutex_init(&sensor->lock);
	sensor->before = word;
	ret = configure(sensor, 0xffff, word & ~SHUTDOWN);
	if (ret)
		goto free;
	usleep_range(2500, 3000);
	device->name = "veml7700";
	device->info = &light;
	device->modes = INDIO_DIRECT_MODE;
	device->channels = channels;
	device->num_channels = ARRAY_SIZE(channels);
	i2c_set_clientdata(client, device);
	ret = iio_device_register(device);
	if (ret)
		goto restore;
	return 0;
restore:
	i2c_smbus_write_word_data(client, CONFIG, sensor->before);
free:
	iio_device_free(device);
	return ret;
}

static void sensor_gone(struct i2c_client *client)
{
	struct iio_dev *device = i2c_get_clientdata(client);
	struct sensor *sensor = iio_priv(device);

	iio_device_unregister(device);
	i2c_smbus_write_word_data(client, CONFIG, sensor->before);
	iio_device_free(device);
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static int sensor_probe(struct i2c_client *client, const struct i2c_device_id *id)
{
	return sensor_found(client);
}
#else
static int sensor_probe(struct i2c_client *client)
{
	return sensor_found(client);
}
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
static int sensor_remove(struct i2c_client *client)
{
	sensor_gone(client);
	return 0;
}
#else
static void sensor_remove(struct i2c_client *client)
{
	sensor_gone(client);
}
#endif

static int __maybe_unused sensor_suspend(struct device *device)
{
	return configure(iio_priv(dev_get_drvdata(device)), SHUTDOWN, SHUTDOWN);
}

static int __maybe_unused sensor_resume(struct device *device)
{
	int ret = configure(iio_priv(dev_get_drvdata(device)), SHUTDOWN, 0);

	if (!ret)
		usleep_range(2500, 3000);
	return ret;
}

static SIMPLE_DEV_PM_OPS(sensor_pm, sensor_suspend, sensor_resume);

static struct i2c_driver sensor_driver = {
	.driver = {
		.name = "veml7700",
		.pm = &sensor_pm,
	},
	.id_table = sensor_ids,
	.probe = sensor_probe,
	.remove = sensor_remove,
};
module_i2c_driver(sensor_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives the VEML7700, in C");
