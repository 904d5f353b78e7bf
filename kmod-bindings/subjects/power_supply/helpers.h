/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_POWER_SUPPLY_H
#define KMOD_POWER_SUPPLY_H

#include <linux/power_supply.h>

#include "../class/gate.h"
#include "../class/helpers.h"

/* The properties that all kernels have, but for texts: kernels give them different numbers. */
#define KMOD_PSY_PROPERTIES(X) \
	X(STATUS) X(CHARGE_TYPE) X(HEALTH) X(PRESENT) X(ONLINE) X(AUTHENTIC) \
	X(TECHNOLOGY) X(CYCLE_COUNT) X(VOLTAGE_MAX) X(VOLTAGE_MIN) \
	X(VOLTAGE_MAX_DESIGN) X(VOLTAGE_MIN_DESIGN) X(VOLTAGE_NOW) X(VOLTAGE_AVG) \
	X(VOLTAGE_OCV) X(VOLTAGE_BOOT) X(CURRENT_MAX) X(CURRENT_NOW) X(CURRENT_AVG) \
	X(CURRENT_BOOT) X(POWER_NOW) X(POWER_AVG) X(CHARGE_FULL_DESIGN) \
	X(CHARGE_EMPTY_DESIGN) X(CHARGE_FULL) X(CHARGE_EMPTY) X(CHARGE_NOW) \
	X(CHARGE_AVG) X(CHARGE_COUNTER) X(CONSTANT_CHARGE_CURRENT) \
	X(CONSTANT_CHARGE_CURRENT_MAX) X(CONSTANT_CHARGE_VOLTAGE) \
	X(CONSTANT_CHARGE_VOLTAGE_MAX) X(CHARGE_CONTROL_START_THRESHOLD) \
	X(CHARGE_CONTROL_END_THRESHOLD) X(INPUT_CURRENT_LIMIT) X(INPUT_VOLTAGE_LIMIT) \
	X(INPUT_POWER_LIMIT) X(ENERGY_FULL_DESIGN) X(ENERGY_EMPTY_DESIGN) \
	X(ENERGY_FULL) X(ENERGY_EMPTY) X(ENERGY_NOW) X(ENERGY_AVG) X(CAPACITY) \
	X(CAPACITY_ALERT_MIN) X(CAPACITY_ALERT_MAX) X(CAPACITY_ERROR_MARGIN) \
	X(CAPACITY_LEVEL) X(TEMP) X(TEMP_MAX) X(TEMP_MIN) X(TEMP_ALERT_MIN) \
	X(TEMP_ALERT_MAX) X(TEMP_AMBIENT) X(TEMP_AMBIENT_ALERT_MIN) \
	X(TEMP_AMBIENT_ALERT_MAX) X(TIME_TO_EMPTY_NOW) X(TIME_TO_EMPTY_AVG) \
	X(TIME_TO_FULL_NOW) X(TIME_TO_FULL_AVG) X(SCOPE) X(PRECHARGE_CURRENT) \
	X(CHARGE_TERM_CURRENT) X(CALIBRATE) X(MANUFACTURE_YEAR) X(MANUFACTURE_MONTH) \
	X(MANUFACTURE_DAY)

enum {
#define X(name) KMOD_PSY_##name,
	KMOD_PSY_PROPERTIES(X)
#undef X
	KMOD_PSY_PROPERTIES_COUNT
};

#define KMOD_PSY_PROPERTIES_END 68

/* Each gets the supply's data; what it has not is NULL. */
struct kmod_power_supply_ops {
	int (*get_property)(void *data, unsigned int property, int *value);
	int (*set_property)(void *data, unsigned int property, int value);
};

/* What a supply is. All of it stays. */
struct kmod_power_supply_plan {
	struct kmod_class_name name;
	unsigned int type;
	const unsigned char *properties;
	unsigned int count;
	unsigned int writable; /* how many of them, the first ones */
	const char *model_name; /* or NULL, as the others */
	const char *manufacturer;
	const char *serial_number;
};

struct kmod_psy;

/* A supply that may be all zeroes: no change of it is told until it is made. */
struct kmod_power_supply {
	struct kmod_class_gate gate;
	struct kmod_psy *made;
};

/* Registers a supply below "parent". */
int kmod_power_supply_make(struct kmod_power_supply *supply, struct device *parent,
			   const struct kmod_power_supply_plan *plan,
			   const struct kmod_power_supply_ops *ops, void *data);

/* No change is told any more. */
void kmod_power_supply_shut(struct kmod_power_supply *supply);

/* Takes it back, and waits for whoever knows it. Sleeps. After kmod_power_supply_shut(). */
void kmod_power_supply_end(struct kmod_power_supply *supply);

/* power_supply_changed(), of a supply that is made. May be called anywhere. */
void kmod_power_supply_changed(struct kmod_power_supply *supply);

#define KMOD_PSY_BATTERY 1
#define KMOD_PSY_UPS 2
#define KMOD_PSY_MAINS 3
#define KMOD_PSY_USB 4
#define KMOD_PSY_WIRELESS 12

#endif
