// SPDX-License-Identifier: GPL-2.0-only
/* The LM75 and the TMP75, in C. */
#include <linux/hwmon.h>
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/version.h>

enum { INPUT, CONFIG, MAX_HYST, MAX };

#define SHUTDOWN 1
#define FINE (3 << 5)

struct sensor {
	struct i2c_client *client;
	struct device *hwmon;
	int bits;
	u8 before;
	u8 config;
};

static int register_of(u32 attr)
{
	switch (attr) {
	case hwmon_temp_input:
		return INPUT;
	case hwmon_temp_max:
		return MAX;
	case hwmon_temp_max_hyst:
		return MAX_HYST;
	}
	return -EOPNOTSUPP;
}

static umode_t sensor_is_visible(const void *data, enum hwmon_sensor_types type, u32 attr,
				 int channel)
{
	return attr == hwmon_temp_input ? 0444 : 0644;
}

static int sensor_read(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		       long *value)
{
	struct sensor *sensor = dev_get_drvdata(device);
	int at = register_of(attr), word;

	if (at < 0)
		return at;
	word = i2c_smbus_read_word_swapped(sensor->client, at);
	if (word < 0)
		return word;
	*value = ((s16)word >> (16 - sensor->bits)) * 1000L / (1 << (sensor->bits - 8));
	return 0;
}

static int sensor_write(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
			long value)
{
	struct sensor *sensor = dev_get_drvdata(device);
	int at = register_of(attr);
	long steps;

	if (at < 0)
		return at;
	steps = DIV_ROUND_CLOSEST(clamp(value, -55000L, 125000L) * (1 << (sensor->bits - 8)), 1000);
	return i2c_smbus_write_word_swapped(sensor->client, at, steps << (16 - sensor->bits));
}

static const struct hwmon_ops sensor_ops = {
	.is_visible = sensor_is_visible,
	.read = sensor_read,
	.write = sensor_write,
};

static const struct hwmon_channel_info *sensor_channels[] = {
	HWMON_CHANNEL_INFO(temp, HWMON_T_INPUT | HWMON_T_MAX | HWMON_T_MAX_HYST),
	NULL
};

static const struct hwmon_chip_info sensor_info = {
	.ops = &sensor_ops,
	.info = sensor_channels,
};

static const struct i2c_device_id sensor_ids[] = {
	{ "lm75", 9 },
	{ "tmp75", 12 },
	{}
};
MODULE_DEVICE_TABLE(i2c, sensor_ids);

static int sensor_found(struct i2c_client *client, int bits)
{
	struct sensor *sensor;
	int error, before;

	before = i2c_smbus_read_byte_data(client, CONFIG);
	if (before < 0)
		return before;
	sensor = kzalloc(sizeof(*sensor), GFP_KERNEL);
	if (!sensor)
		return -ENOMEM;
	sensor->client = client;
	sensor->bits = bits;
	sensor->before = before;
	sensor->config = before & ~SHUTDOWN;
	if (bits == 12)
		sensor->config |= FINE;
	error = i2c_smbus_write_byte_data(client, CONFIG, sensor->config);
	if (error)
		goto free;
	i2c_set_clientdata(client, sensor);
	sensor->hwmon = hwmon_device_register_with_info(&client->dev, "lm75", sensor, &sensor_info,
							NULL);
	if (IS_ERR(sensor->hwmon)) {
		error = PTR_ERR(sensor->hwmon);
		goto free;
	}
	dev_info(&client->dev, "measures with %d bits\n", bits);
	return 0;
free:
	kfree(sensor);
	return error;
}

static void sensor_gone(struct i2c_client *client)
{
	struct sensor *sensor = i2c_get_clientdata(client);

	hwmon_device_unregister(sensor->hwmon);
	i2c_smbus_write_byte_data(client, CONFIG, sensor->before);
	kfree(sensor);
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
static int sensor_probe(struct i2c_client *client, const struct i2c_device_id *id)
{
	return sensor_found(client, id->driver_data);
}
#else
static int sensor_probe(struct i2c_client *client)
{
	return sensor_found(client, i2c_client_get_device_id(client)->driver_data);
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
	struct sensor *sensor = dev_get_drvdata(device);

	i2c_smbus_write_byte_data(sensor->client, CONFIG, sensor->config | SHUTDOWN);
	return 0;
}

static int __maybe_unused sensor_resume(struct device *device)
{
	struct sensor *sensor = dev_get_drvdata(device);

	i2c_smbus_write_byte_data(sensor->client, CONFIG, sensor->config);
	return 0;
}

static SIMPLE_DEV_PM_OPS(sensor_pm, sensor_suspend, sensor_resume);

static struct i2c_driver sensor_driver = {
	.driver = {
		.name = "lm75",
		.pm = &sensor_pm,
	},
	.id_table = sensor_ids,
	.probe = sensor_probe,
	.remove = sensor_remove,
};
module_i2c_driver(sensor_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives the LM75 and the TMP75, in C");
