/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_HWMON_H
#define KMOD_HWMON_H

#include <linux/hwmon.h>

#include "../class/helpers.h"

/* What is measured, and what of it: numbers that are the same for all kernels, as in kmod_core::class::hwmon. */
#define KMOD_HWMON_SENSORS(X) X(chip) X(temp) X(in) X(curr) X(power) X(energy) X(humidity) X(fan) \
	X(pwm) X(intrusion)

#define KMOD_HWMON_ATTRS(X) X(enable) X(input) X(label) X(type) X(lcrit) X(lcrit_hyst) X(min) \
	X(min_hyst) X(max) X(max_hyst) X(crit) X(crit_hyst) X(emergency) X(emergency_hyst) X(alarm) \
	X(lcrit_alarm) X(min_alarm) X(max_alarm) X(crit_alarm) X(emergency_alarm) X(fault) X(offset) \
	X(lowest) X(highest) X(reset_history) X(rated_min) X(rated_max) X(average) \
	X(average_interval) X(input_highest) X(input_lowest) X(accuracy) X(cap) X(cap_hyst) \
	X(cap_max) X(cap_min) X(cap_alarm) X(div) X(pulses) X(target) X(mode) X(freq) X(beep) \
	X(update_interval) X(alarms) X(samples)

enum kmod_hwmon_sensor {
#define X(name) KMOD_HWMON_SENSOR_##name,
	KMOD_HWMON_SENSORS(X)
#undef X
	KMOD_HWMON_SENSORS_COUNT
};

enum kmod_hwmon_attr {
#define X(name) KMOD_HWMON_ATTR_##name,
	KMOD_HWMON_ATTRS(X)
#undef X
	KMOD_HWMON_ATTRS_COUNT
};

/* How many there are, as a preprocessor's constants. */
#define KMOD_HWMON_SENSORS_END 10
#define KMOD_HWMON_ATTRS_END 46

/* One channel: which attributes it has, a bit each. */
struct kmod_hwmon_channel {
	unsigned char sensor;
	unsigned long long readable;
	unsigned long long writable;
	const char *label; /* if it has one */
};

/* Each gets the chip's data; what it has not is NULL. */
struct kmod_hwmon_ops {
	bool (*is_visible)(void *data, unsigned int sensor, unsigned int attr, unsigned int channel);
	int (*read)(void *data, unsigned int sensor, unsigned int attr, unsigned int channel,
		    long *value);
	int (*write)(void *data, unsigned int sensor, unsigned int attr, unsigned int channel,
		     long value);
};

/* What a chip is. All of it stays. */
struct kmod_hwmon_plan {
	const char *name;
	const struct kmod_hwmon_channel *channels;
	unsigned int count;
};

struct kmod_hwmon;

/* Registers a chip below "parent", or gives an ERR_PTR. */
struct kmod_hwmon *kmod_hwmon_make(struct device *parent, const struct kmod_hwmon_plan *plan,
				   const struct kmod_hwmon_ops *ops, void *data);

/* Takes it back, and waits for its functions. Sleeps. */
void kmod_hwmon_end(struct kmod_hwmon *hwmon);

#endif
