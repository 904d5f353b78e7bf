// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/err.h>
#include <linux/slab.h>

static_assert(KMOD_HWMON_SENSORS_COUNT == KMOD_HWMON_SENSORS_END);
static_assert(KMOD_HWMON_ATTRS_COUNT == KMOD_HWMON_ATTRS_END && KMOD_HWMON_ATTRS_END <= 64);

struct kmod_hwmon {
	const struct kmod_hwmon_plan *plan;
	const struct kmod_hwmon_ops *ops;
	void *data;
	struct device *device;
	struct hwmon_ops kernel_ops;
	struct hwmon_chip_info chip;
	const struct hwmon_channel_info *info[KMOD_HWMON_SENSORS_END + 1];
	struct hwmon_channel_info channels[KMOD_HWMON_SENSORS_END];
	/* The bits of all channels: those of a sensor follow each other, and end with a 0. */
	u32 config[];
};

static const enum hwmon_sensor_types types[] = {
#define X(name) [KMOD_HWMON_SENSOR_##name] = hwmon_##name,
	KMOD_HWMON_SENSORS(X)
#undef X
};

/* The kernel's number of each attribute that a sensor has. */
static const struct {
	u8 sensor;
	u8 attr;
	u8 number;
} numbers[] = {
#define A(of, name) { KMOD_HWMON_SENSOR_##of, KMOD_HWMON_ATTR_##name, hwmon_##of##_##name },
	A(chip, update_interval) A(chip, alarms) A(chip, samples)
	A(temp, enable) A(temp, input) A(temp, label) A(temp, type) A(temp, lcrit) A(temp, lcrit_hyst)
	A(temp, min) A(temp, min_hyst) A(temp, max) A(temp, max_hyst) A(temp, crit) A(temp, crit_hyst)
	A(temp, emergency) A(temp, emergency_hyst) A(temp, alarm) A(temp, lcrit_alarm)
	A(temp, min_alarm) A(temp, max_alarm) A(temp, crit_alarm) A(temp, emergency_alarm)
	A(temp, fault) A(temp, offset) A(temp, lowest) A(temp, highest) A(temp, reset_history)
	A(temp, rated_min) A(temp, rated_max)
#define LEVELS(of) A(of, enable) A(of, input) A(of, label) A(of, min) A(of, max) A(of, lcrit)	\
	A(of, crit) A(of, average) A(of, lowest) A(of, highest) A(of, reset_history)		\
	A(of, alarm) A(of, min_alarm) A(of, max_alarm) A(of, lcrit_alarm) A(of, crit_alarm)	\
	A(of, rated_min) A(of, rated_max)
	LEVELS(in)
	LEVELS(curr)
	A(power, enable) A(power, input) A(power, label) A(power, average) A(power, average_interval)
	A(power, input_highest) A(power, input_lowest) A(power, reset_history) A(power, accuracy)
	A(power, cap) A(power, cap_hyst) A(power, cap_max) A(power, cap_min) A(power, min)
	A(power, max) A(power, crit) A(power, lcrit) A(power, alarm) A(power, cap_alarm)
	A(power, min_alarm) A(power, max_alarm) A(power, lcrit_alarm) A(power, crit_alarm)
	A(power, rated_min) A(power, rated_max)
	A(energy, enable) A(energy, input) A(energy, label)
	A(humidity, enable) A(humidity, input) A(humidity, label) A(humidity, min)
	A(humidity, min_hyst) A(humidity, max) A(humidity, max_hyst) A(humidity, alarm)
	A(humidity, fault) A(humidity, rated_min) A(humidity, rated_max)
	A(fan, enable) A(fan, input) A(fan, label) A(fan, min) A(fan, max) A(fan, div) A(fan, pulses)
	A(fan, target) A(fan, alarm) A(fan, min_alarm) A(fan, max_alarm) A(fan, fault)
	A(pwm, input) A(pwm, enable) A(pwm, mode) A(pwm, freq)
	A(intrusion, alarm) A(intrusion, beep)
#undef A
};

/* Our numbers of the kernel's. Whether there are such. */
static bool ours(enum hwmon_sensor_types type, u32 number, unsigned int *sensor, unsigned int *attr)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (types[numbers[i].sensor] == type && numbers[i].number == number) {
			*sensor = numbers[i].sensor;
			*attr = numbers[i].attr;
			return true;
		}
	}
	return false;
}

/* The n-th channel of a sensor. */
static const struct kmod_hwmon_channel *nth(const struct kmod_hwmon_plan *plan, unsigned int sensor,
					    int n)
{
	unsigned int i;

	for (i = 0; i < plan->count; i++)
		if (plan->channels[i].sensor == sensor && !n--)
			return &plan->channels[i];
	return NULL;
}

static umode_t is_visible(const void *drvdata, enum hwmon_sensor_types type, u32 number, int channel)
{
	const struct kmod_hwmon *hwmon = drvdata;
	const struct kmod_hwmon_channel *what;
	unsigned int sensor, attr;
	umode_t mode;

	if (!ours(type, number, &sensor, &attr))
		return 0;
	what = nth(hwmon->plan, sensor, channel);
	if (!what)
		return 0;
	mode = (what->readable >> attr & 1 ? 0444 : 0) | (what->writable >> attr & 1 ? 0200 : 0);
	if (hwmon->ops->is_visible && !hwmon->ops->is_visible(hwmon->data, sensor, attr, channel))
		return 0;
	return mode;
}

static int read(struct device *device, enum hwmon_sensor_types type, u32 number, int channel,
		long *value)
{
	struct kmod_hwmon *hwmon = dev_get_drvdata(device);
	unsigned int sensor, attr;

	if (!ours(type, number, &sensor, &attr))
		return -EOPNOTSUPP;
	return hwmon->ops->read(hwmon->data, sensor, attr, channel, value);
}

static int read_string(struct device *device, enum hwmon_sensor_types type, u32 number, int channel,
		       const char **text)
{
	struct kmod_hwmon *hwmon = dev_get_drvdata(device);
	const struct kmod_hwmon_channel *what;
	unsigned int sensor, attr;

	if (!ours(type, number, &sensor, &attr))
		return -EOPNOTSUPP;
	what = nth(hwmon->plan, sensor, channel);
	if (!what || !what->label)
		return -EOPNOTSUPP;
	*text = what->label;
	return 0;
}

static int write(struct device *device, enum hwmon_sensor_types type, u32 number, int channel,
		 long value)
{
	struct kmod_hwmon *hwmon = dev_get_drvdata(device);
	unsigned int sensor, attr;

	if (!ours(type, number, &sensor, &attr))
		return -EOPNOTSUPP;
	return hwmon->ops->write(hwmon->data, sensor, attr, channel, value);
}

/* The kernel's bits of a channel. */
static u32 bits(const struct kmod_hwmon_channel *channel)
{
	unsigned int i;
	u32 bits = 0;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (numbers[i].sensor == channel->sensor &&
		    (channel->readable | channel->writable) >> numbers[i].attr & 1)
			bits |= BIT(numbers[i].number);
	return bits;
}

/* The kernel's tables of what the plan says. */
static void describe(struct kmod_hwmon *hwmon)
{
	const struct kmod_hwmon_plan *plan = hwmon->plan;
	unsigned int sensor, i, found, infos = 0, configs = 0;

	for (sensor = 0; sensor < KMOD_HWMON_SENSORS_END; sensor++) {
		struct hwmon_channel_info *info = &hwmon->channels[infos];

		info->type = types[sensor];
		info->config = &hwmon->config[configs];
		for (i = 0, found = 0; i < plan->count; i++) {
			if (plan->channels[i].sensor != sensor)
				continue;
			hwmon->config[configs++] = bits(&plan->channels[i]);
			found++;
		}
		if (!found)
			continue;
		hwmon->config[configs++] = 0;
		hwmon->info[infos++] = info;
	}
}

struct kmod_hwmon *kmod_hwmon_make(struct device *parent, const struct kmod_hwmon_plan *plan,
				   const struct kmod_hwmon_ops *ops, void *data)
{
	/* Behind the channels of each sensor, there is an end. */
	size_t configs = plan->count + KMOD_HWMON_SENSORS_END;
	struct kmod_hwmon *hwmon =
		kzalloc(sizeof(*hwmon) + configs * sizeof(hwmon->config[0]), GFP_KERNEL);
	struct device *device;

	if (!hwmon)
		return ERR_PTR(-ENOMEM);
	hwmon->plan = plan;
	hwmon->ops = ops;
	hwmon->data = data;
	describe(hwmon);
	hwmon->kernel_ops.is_visible = is_visible;
	hwmon->kernel_ops.read_string = read_string;
	if (ops->read)
		hwmon->kernel_ops.read = read;
	if (ops->write)
		hwmon->kernel_ops.write = write;
	hwmon->chip.ops = &hwmon->kernel_ops;
	hwmon->chip.info = hwmon->info;
	device = hwmon_device_register_with_info(parent, plan->name, hwmon, &hwmon->chip, NULL);
	if (IS_ERR(device)) {
		kfree(hwmon);
		return ERR_CAST(device);
	}
	hwmon->device = device;
	return hwmon;
}

void kmod_hwmon_end(struct kmod_hwmon *hwmon)
{
	hwmon_device_unregister(hwmon->device);
	kfree(hwmon);
}
