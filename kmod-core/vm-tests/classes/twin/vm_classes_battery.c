// SPDX-License-Identifier: GPL-2.0-only
/* The battery of vm_classes in C, and others who ask supplies. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/power_supply.h>

static int end, status;

static int battery_get(struct power_supply *psy, enum power_supply_property property,
		       union power_supply_propval *value)
{
	switch (property) {
	case POWER_SUPPLY_PROP_STATUS:
		value->intval = status;
		return 0;
	case POWER_SUPPLY_PROP_PRESENT:
		value->intval = 1;
		return 0;
	case POWER_SUPPLY_PROP_TECHNOLOGY:
		value->intval = POWER_SUPPLY_TECHNOLOGY_LION;
		return 0;
	case POWER_SUPPLY_PROP_CAPACITY:
		value->intval = 42;
		return 0;
	case POWER_SUPPLY_PROP_TEMP:
		value->intval = -15;
		return 0;
	case POWER_SUPPLY_PROP_VOLTAGE_NOW:
		value->intval = 11100000;
		return 0;
	case POWER_SUPPLY_PROP_ENERGY_NOW:
		return -ENODATA;
	case POWER_SUPPLY_PROP_CHARGE_CONTROL_END_THRESHOLD:
		value->intval = end;
		return end == 14 ? -EIO : 0;
	case POWER_SUPPLY_PROP_CYCLE_COUNT:
		value->intval = 0;
		return 0;
	case POWER_SUPPLY_PROP_MANUFACTURER:
		value->strval = "Somebody";
		return 0;
	case POWER_SUPPLY_PROP_SERIAL_NUMBER:
		value->strval = "00 01";
		return 0;
	default:
		return -EINVAL;
	}
}

static int battery_set(struct power_supply *psy, enum power_supply_property property,
		       const union power_supply_propval *value)
{
	if (property == POWER_SUPPLY_PROP_STATUS) {
		status = value->intval;
		return 0;
	}
	if (value->intval == 13)
		return -EIO;
	if (value->intval < 0 || value->intval > 100)
		return -EINVAL;
	end = value->intval;
	return 0;
}

static int battery_is_writeable(struct power_supply *psy, enum power_supply_property property)
{
	return property == POWER_SUPPLY_PROP_STATUS ||
	       property == POWER_SUPPLY_PROP_CHARGE_CONTROL_END_THRESHOLD;
}

static const enum power_supply_property properties[] = {
	POWER_SUPPLY_PROP_STATUS,	POWER_SUPPLY_PROP_CHARGE_CONTROL_END_THRESHOLD,
	POWER_SUPPLY_PROP_PRESENT,	POWER_SUPPLY_PROP_TECHNOLOGY,
	POWER_SUPPLY_PROP_CAPACITY,	POWER_SUPPLY_PROP_TEMP,
	POWER_SUPPLY_PROP_VOLTAGE_NOW,	POWER_SUPPLY_PROP_ENERGY_NOW,
	POWER_SUPPLY_PROP_CYCLE_COUNT,	POWER_SUPPLY_PROP_MANUFACTURER,
	POWER_SUPPLY_PROP_SERIAL_NUMBER,
};

static const struct power_supply_desc desc = {
	.name = "vm_classes_c_bat",
	.type = POWER_SUPPLY_TYPE_BATTERY,
	.properties = properties,
	.num_properties = ARRAY_SIZE(properties),
	.get_property = battery_get,
	.set_property = battery_set,
	.property_is_writeable = battery_is_writeable,
};

/* A read asks all supplies, as drivers of graphics cards do. */
static int supplied_get(char *text, const struct kernel_param *param)
{
	return sprintf(text, "%d\n", power_supply_is_system_supplied());
}

static const struct kernel_param_ops supplied_ops = { .get = supplied_get };
module_param_cb(supplied, &supplied_ops, NULL, 0444);

/* Remembers the supply that is written, until an empty name is; a read asks it. */
static struct power_supply *held;

static int held_set(const char *text, const struct kernel_param *param)
{
	char name[32];

	if (held)
		put_device(&held->dev);
	held = NULL;
	if (sscanf(text, "%31s", name) != 1 || !name[0])
		return 0;
	held = power_supply_get_by_name(name);
	if (!held)
		return -ENODEV;
	/* Of those who count as users the kernel warns. */
	atomic_dec(&held->use_cnt);
	return 0;
}

static int held_get(char *text, const struct kernel_param *param)
{
	union power_supply_propval value = { .intval = -1 };
	int ret = -ENOENT;

	if (held)
		ret = held->desc->get_property(held, POWER_SUPPLY_PROP_ONLINE, &value);
	return sprintf(text, "%d\n", ret);
}

static const struct kernel_param_ops held_ops = { .set = held_set, .get = held_get };
module_param_cb(held, &held_ops, NULL, 0644);

static struct platform_device *parent;
static struct power_supply *battery;

static int __init battery_init(void)
{
	struct power_supply_config config = {};

	parent = platform_device_register_simple("vm_classes_battery", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	battery = power_supply_register(&parent->dev, &desc, &config);
	if (IS_ERR(battery)) {
		platform_device_unregister(parent);
		return PTR_ERR(battery);
	}
	return 0;
}

static void __exit battery_exit(void)
{
	power_supply_unregister(battery);
	platform_device_unregister(parent);
}

module_init(battery_init);
module_exit(battery_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A battery");
