// SPDX-License-Identifier: GPL-2.0-only
/* The chip of vm_classes in C. */
#include <linux/delay.h>
#include <linux/hwmon.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static long max_of[2], target, pwm, resets;

static umode_t chip_is_visible(const void *data, enum hwmon_sensor_types type, u32 attr, int channel)
{
	switch (type) {
	case hwmon_temp:
		if (attr == hwmon_temp_max)
			return 0644;
		return attr == hwmon_temp_crit && channel == 1 ? 0 : 0444;
	case hwmon_fan:
		return attr == hwmon_fan_target ? 0644 : 0444;
	case hwmon_pwm:
		return attr == hwmon_pwm_input ? 0644 : 0444;
	case hwmon_power:
		return attr == hwmon_power_reset_history ? 0200 : 0444;
	default:
		return 0444;
	}
}

static int chip_read(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		     long *value)
{
	switch (type) {
	case hwmon_temp:
		switch (attr) {
		case hwmon_temp_input:
			if (channel == 1)
				return -ENODATA;
			usleep_range(20, 40);
			*value = -1500;
			return 0;
		case hwmon_temp_max:
			*value = max_of[channel];
			return 0;
		case hwmon_temp_crit:
			*value = LONG_MAX;
			return 0;
		case hwmon_temp_max_alarm:
			*value = 1;
			return 0;
		}
		return -EOPNOTSUPP;
	case hwmon_in:
		*value = 3300 + channel;
		return 0;
	case hwmon_fan:
		*value = attr == hwmon_fan_target ? target : 0;
		return 0;
	case hwmon_pwm:
		*value = pwm;
		return 0;
	case hwmon_power:
		*value = resets;
		return 0;
	case hwmon_chip:
		*value = 1000;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int chip_read_string(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
			    const char **text)
{
	*text = type == hwmon_temp ? "CPU" : "3.3 V";
	return 0;
}

static int chip_write(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		      long value)
{
	if (type == hwmon_temp && attr == hwmon_temp_max)
		max_of[channel] = clamp_val(value, -55000, 125000);
	else if (type == hwmon_fan && attr == hwmon_fan_target)
		target = value;
	else if (type == hwmon_pwm && attr == hwmon_pwm_input && value >= 0 && value <= 255)
		pwm = value;
	else if (type == hwmon_power && attr == hwmon_power_reset_history)
		resets++;
	else
		return -EINVAL;
	return 0;
}

static const struct hwmon_ops ops = {
	.is_visible = chip_is_visible,
	.read = chip_read,
	.read_string = chip_read_string,
	.write = chip_write,
};

static const struct hwmon_channel_info *info[] = {
	HWMON_CHANNEL_INFO(chip, HWMON_C_UPDATE_INTERVAL),
	HWMON_CHANNEL_INFO(temp,
			   HWMON_T_INPUT | HWMON_T_MAX | HWMON_T_CRIT | HWMON_T_MAX_ALARM |
				   HWMON_T_LABEL,
			   HWMON_T_INPUT | HWMON_T_MAX | HWMON_T_CRIT),
	HWMON_CHANNEL_INFO(in, HWMON_I_INPUT, HWMON_I_INPUT | HWMON_I_LABEL),
	HWMON_CHANNEL_INFO(fan, HWMON_F_INPUT | HWMON_F_TARGET | HWMON_F_ALARM),
	HWMON_CHANNEL_INFO(pwm, HWMON_PWM_INPUT | HWMON_PWM_ENABLE),
	HWMON_CHANNEL_INFO(power, HWMON_P_INPUT | HWMON_P_RESET_HISTORY),
	NULL,
};

static const struct hwmon_chip_info chip = {
	.ops = &ops,
	.info = info,
};

static struct platform_device *parent;
static struct device *device;

static int __init hwmon_init(void)
{
	parent = platform_device_register_simple("vm_classes_hwmon", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	device = hwmon_device_register_with_info(&parent->dev, "vm_classes", NULL, &chip, NULL);
	if (IS_ERR(device)) {
		platform_device_unregister(parent);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit hwmon_exit(void)
{
	hwmon_device_unregister(device);
	platform_device_unregister(parent);
}

module_init(hwmon_init);
module_exit(hwmon_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A chip");
