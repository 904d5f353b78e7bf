// SPDX-License-Identifier: GPL-2.0-only
/* The fan of a Breeze, in C. */
#include <linux/acpi.h>
#include <linux/dmi.h>
#include <linux/hwmon.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/version.h>

enum { AUTOMATIC, MANUAL };

struct model {
	u8 temperature;
	u8 speed;
	u8 duty;
	u8 mode;
};

static struct model breeze_14 = { .temperature = 0x58, .speed = 0x60, .duty = 0x62, .mode = 0x63 };
static struct model breeze_16 = { .temperature = 0x58, .speed = 0x94, .duty = 0x92, .mode = 0x93 };

static const struct dmi_system_id models[] = {
	{
		.matches = {
			DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Gale"),
			DMI_MATCH(DMI_PRODUCT_NAME, "Breeze 14"),
		},
		.driver_data = &breeze_14,
	},
	{
		.matches = {
			DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Gale"),
			DMI_MATCH(DMI_PRODUCT_NAME, "Breeze 16"),
		},
		.driver_data = &breeze_16,
	},
	{}
};
MODULE_DEVICE_TABLE(dmi, models);

static const struct model *model;
static struct platform_device *cooler;
static struct device *hwmon;

/* Held while the controller is told: the duty that user space wants, or -1 if the controller chooses it. */
static DEFINE_MUTEX(lock);
static int wanted = -1;

/* The duty comes first: the one that was set long ago may be 0. */
static int drive(u8 duty)
{
	return ec_write(model->duty, duty) ?: ec_write(model->mode, MANUAL);
}

static void leave(void)
{
	int error = ec_write(model->mode, AUTOMATIC);

	if (error)
		pr_err("breeze_c: the fan may stand still: the controller answers %d\n", error);
}

/* The two bytes are not read at once: the high one is read until it has not changed meanwhile. */
static int speed(void)
{
	u8 high, low, again;
	int error = ec_read(model->speed, &high), turn;

	if (error)
		return error;
	for (turn = 0; turn < 8; turn++) {
		error = ec_read(model->speed + 1, &low) ?: ec_read(model->speed, &again);
		if (error)
			return error;
		if (again == high)
			return high << 8 | low;
		high = again;
	}
	return -EAGAIN;
}

static umode_t fan_is_visible(const void *data, enum hwmon_sensor_types type, u32 attr,
			      int channel)
{
	return type == hwmon_pwm ? 0644 : 0444;
}

static int fan_read(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		    long *value)
{
	u8 byte;
	int error;

	switch (type) {
	case hwmon_temp:
		error = ec_read(model->temperature, &byte);
		*value = byte * 1000L;
		return error;
	case hwmon_fan:
		error = speed();
		*value = error;
		return error < 0 ? error : 0;
	case hwmon_pwm:
		if (attr == hwmon_pwm_enable) {
			error = ec_read(model->mode, &byte);
			*value = byte == MANUAL ? 1 : 2;
		} else {
			error = ec_read(model->duty, &byte);
			*value = byte;
		}
		return error;
	default:
		return -EOPNOTSUPP;
	}
}

static int fan_read_string(struct device *device, enum hwmon_sensor_types type, u32 attr,
			   int channel, const char **text)
{
	*text = "CPU";
	return 0;
}

static int set_enable(long value)
{
	u8 duty;
	int error;

	switch (value) {
	case 1:
		/* As fast as the controller had it run. */
		error = ec_read(model->duty, &duty) ?: drive(duty);
		if (!error)
			wanted = duty;
		return error;
	case 2:
		error = ec_write(model->mode, AUTOMATIC);
		if (!error)
			wanted = -1;
		return error;
	}
	return -EINVAL;
}

static int set_duty(long value)
{
	int error;

	if (value < 0 || value > 255)
		return -EINVAL;
	/* As long as the controller chooses it, it is nobody's to set. */
	if (wanted < 0)
		return -EBUSY;
	error = ec_write(model->duty, value);
	if (!error)
		wanted = value;
	return error;
}

static int fan_write(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		     long value)
{
	int error;

	mutex_lock(&lock);
	error = attr == hwmon_pwm_enable ? set_enable(value) : set_duty(value);
	mutex_unlock(&lock);
	return error;
}

static const struct hwmon_ops fan_ops = {
	.is_visible = fan_is_visible,
	.read = fan_read,
	.read_string = fan_read_string,
	.write = fan_write,
};

static const struct hwmon_channel_info *fan_channels[] = {
	HWMON_CHANNEL_INFO(temp, HWMON_T_INPUT | HWMON_T_LABEL),
	HWMON_CHANNEL_INFO(fan, HWMON_F_INPUT),
	HWMON_CHANNEL_INFO(pwm, HWMON_PWM_INPUT | HWMON_PWM_ENABLE),
	NULL
};

static const struct hwmon_chip_info fan_info = {
	.ops = &fan_ops,
	.info = fan_channels,
};

static int breeze_probe(struct platform_device *device)
{
	u8 degrees;
	int error = ec_read(model->temperature, &degrees);

	if (error)
		return error;
	hwmon = hwmon_device_register_with_info(&device->dev, "breeze", NULL, &fan_info, NULL);
	if (IS_ERR(hwmon))
		return PTR_ERR(hwmon);
	dev_info(&device->dev, "the processor has %u degrees\n", degrees);
	return 0;
}

static void breeze_gone(void)
{
	hwmon_device_unregister(hwmon);
	leave();
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
static int breeze_remove(struct platform_device *device)
{
	breeze_gone();
	return 0;
}
#else
static void breeze_remove(struct platform_device *device)
{
	breeze_gone();
}
#endif

static void breeze_shutdown(struct platform_device *device)
{
	leave();
}

static int __maybe_unused breeze_suspend(struct device *device)
{
	leave();
	return 0;
}

static int __maybe_unused breeze_resume(struct device *device)
{
	int error;

	mutex_lock(&lock);
	error = wanted < 0 ? 0 : drive(wanted);
	mutex_unlock(&lock);
	return error;
}

static SIMPLE_DEV_PM_OPS(breeze_pm, breeze_suspend, breeze_resume);

static struct platform_driver breeze_driver = {
	.driver = {
		.name = "breeze_c",
		.pm = &breeze_pm,
	},
	.probe = breeze_probe,
	.remove = breeze_remove,
	.shutdown = breeze_shutdown,
};

static int __init breeze_begin(void)
{
	const struct dmi_system_id *row = dmi_first_match(models);
	int error;

	if (!row)
		return -ENODEV;
	model = row->driver_data;
	error = platform_driver_register(&breeze_driver);
	if (error)
		return error;
	cooler = platform_device_register_simple("breeze_c", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(cooler)) {
		platform_driver_unregister(&breeze_driver);
		return PTR_ERR(cooler);
	}
	return 0;
}
module_init(breeze_begin);

static void __exit breeze_end(void)
{
	platform_device_unregister(cooler);
	platform_driver_unregister(&breeze_driver);
}
module_exit(breeze_end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Controls the fan of the laptops Breeze, in C");
