/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_THERMAL_H
#define KMOD_THERMAL_H

#include <linux/thermal.h>

#include "../class/door.h"
#include "../class/helpers.h"

/* Each gets the zone's data; what it has not is NULL. Temperatures are thousandths of a degree. */
struct kmod_thermal_ops {
	int (*get_temp)(void *data, int *temperature);
	int (*set_trip_temp)(void *data, unsigned int trip, int temperature);
};

/* A temperature at which something is to be done. */
struct kmod_thermal_trip {
	int temperature;
	int hysteresis;
	unsigned int type;
	bool writable;
	const char *cooled_by; /* the type of the cooling devices for it, or NULL */
};

/* What a zone is. The trips stay. */
struct kmod_thermal_plan {
	struct kmod_class_name name;
	const struct kmod_thermal_trip *trips;
	unsigned int count;
	unsigned int passive_delay; /* in milliseconds */
	unsigned int polling_delay;
};

struct kmod_thermal_zone;

/* A zone that may be all zeroes: it is not looked at until it is made. */
struct kmod_thermal {
	struct kmod_class_door door;
	struct kmod_thermal_zone *zone;
};

/* Registers a zone, and enables it. */
int kmod_thermal_make(struct kmod_thermal *thermal, const struct kmod_thermal_plan *plan,
		      const struct kmod_thermal_ops *ops, void *data);

/* Nobody has it looked at any more. */
void kmod_thermal_shut(struct kmod_thermal *thermal);

/* Takes it back, and waits for its functions. Sleeps. After kmod_thermal_shut(). */
void kmod_thermal_end(struct kmod_thermal *thermal);

/*
 * Has a work call thermal_zone_device_update(). May be called anywhere; of a zone that is not made, or was shut,
 * it does nothing.
 */
void kmod_thermal_update(struct kmod_thermal *thermal);

/* What a cooling device does. Each gets the device's data. */
struct kmod_cooling_ops {
	int (*get_max_state)(void *data, unsigned long *state);
	int (*get_cur_state)(void *data, unsigned long *state);
	int (*set_cur_state)(void *data, unsigned long state);
};

struct kmod_cooling;

/* Registers a cooling device, or gives an ERR_PTR. The functions stay. */
struct kmod_cooling *kmod_cooling_make(const struct kmod_class_name *name,
				       const struct kmod_cooling_ops *ops, void *data);

/* Takes it back, and waits for its functions. Sleeps. */
void kmod_cooling_end(struct kmod_cooling *cooling);

#define KMOD_TRIP_ACTIVE 0
#define KMOD_TRIP_PASSIVE 1
#define KMOD_TRIP_HOT 2
#define KMOD_TRIP_CRITICAL 3

#endif
