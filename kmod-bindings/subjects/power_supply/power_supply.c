// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/err.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "../class/door.h"

static_assert(KMOD_PSY_PROPERTIES_COUNT == KMOD_PSY_PROPERTIES_END);
static_assert(KMOD_PSY_BATTERY == POWER_SUPPLY_TYPE_BATTERY);
static_assert(KMOD_PSY_UPS == POWER_SUPPLY_TYPE_UPS);
static_assert(KMOD_PSY_MAINS == POWER_SUPPLY_TYPE_MAINS);
static_assert(KMOD_PSY_USB == POWER_SUPPLY_TYPE_USB);
static_assert(KMOD_PSY_WIRELESS == POWER_SUPPLY_TYPE_WIRELESS);
static_assert(POWER_SUPPLY_STATUS_UNKNOWN == 0);
static_assert(POWER_SUPPLY_STATUS_CHARGING == 1);
static_assert(POWER_SUPPLY_STATUS_DISCHARGING == 2);
static_assert(POWER_SUPPLY_STATUS_NOT_CHARGING == 3);
static_assert(POWER_SUPPLY_STATUS_FULL == 4);
static_assert(POWER_SUPPLY_CHARGE_TYPE_UNKNOWN == 0);
static_assert(POWER_SUPPLY_CHARGE_TYPE_NONE == 1);
static_assert(POWER_SUPPLY_CHARGE_TYPE_TRICKLE == 2);
static_assert(POWER_SUPPLY_CHARGE_TYPE_FAST == 3);
static_assert(POWER_SUPPLY_CHARGE_TYPE_STANDARD == 4);
static_assert(POWER_SUPPLY_CHARGE_TYPE_ADAPTIVE == 5);
static_assert(POWER_SUPPLY_CHARGE_TYPE_CUSTOM == 6);
static_assert(POWER_SUPPLY_HEALTH_UNKNOWN == 0);
static_assert(POWER_SUPPLY_HEALTH_GOOD == 1);
static_assert(POWER_SUPPLY_HEALTH_OVERHEAT == 2);
static_assert(POWER_SUPPLY_HEALTH_DEAD == 3);
static_assert(POWER_SUPPLY_HEALTH_OVERVOLTAGE == 4);
static_assert(POWER_SUPPLY_TECHNOLOGY_UNKNOWN == 0);
static_assert(POWER_SUPPLY_TECHNOLOGY_NiMH == 1);
static_assert(POWER_SUPPLY_TECHNOLOGY_LION == 2);
static_assert(POWER_SUPPLY_TECHNOLOGY_LIPO == 3);
static_assert(POWER_SUPPLY_TECHNOLOGY_LiFe == 4);
static_assert(POWER_SUPPLY_TECHNOLOGY_NiCd == 5);
static_assert(POWER_SUPPLY_TECHNOLOGY_LiMn == 6);
static_assert(POWER_SUPPLY_CAPACITY_LEVEL_UNKNOWN == 0);
static_assert(POWER_SUPPLY_CAPACITY_LEVEL_CRITICAL == 1);
static_assert(POWER_SUPPLY_CAPACITY_LEVEL_LOW == 2);
static_assert(POWER_SUPPLY_CAPACITY_LEVEL_NORMAL == 3);
static_assert(POWER_SUPPLY_CAPACITY_LEVEL_HIGH == 4);
static_assert(POWER_SUPPLY_CAPACITY_LEVEL_FULL == 5);
static_assert(POWER_SUPPLY_SCOPE_UNKNOWN == 0);
static_assert(POWER_SUPPLY_SCOPE_SYSTEM == 1);
static_assert(POWER_SUPPLY_SCOPE_DEVICE == 2);

static const enum power_supply_property numbers[] = {
#define X(name) [KMOD_PSY_##name] = POWER_SUPPLY_PROP_##name,
	KMOD_PSY_PROPERTIES(X)
#undef X
};

struct kmod_psy {
	struct kmod_class_door door;
	struct power_supply *supply;
	struct kmod_power_supply_plan plan;
	const struct kmod_power_supply_ops *ops;
	void *data;
	char *name;
	struct power_supply_desc desc;
	/* Those of the plan, then those that are texts. */
	enum power_supply_property properties[];
};

/* Which one of the plan's it is; their number if it is none. */
static unsigned int place_of(const struct kmod_psy *psy, enum power_supply_property property)
{
	unsigned int i;

	for (i = 0; i < psy->plan.count; i++)
		if (psy->properties[i] == property)
			break;
	return i;
}

static int get_text(const char *text, union power_supply_propval *value)
{
	if (!text)
		return -EINVAL;
	value->strval = text;
	return 0;
}

static int get_property(struct power_supply *supply, enum power_supply_property property,
			union power_supply_propval *value)
{
	struct kmod_psy *psy = power_supply_get_drvdata(supply);
	unsigned int i = place_of(psy, property);
	int ret = -ENODEV;

	if (i < psy->plan.count) {
		kmod_class_door_pass(&psy->door,
				     ret = psy->ops->get_property(psy->data, psy->plan.properties[i],
								  &value->intval));
		return ret;
	}
	switch (property) {
	case POWER_SUPPLY_PROP_MODEL_NAME:
		return get_text(psy->plan.model_name, value);
	case POWER_SUPPLY_PROP_MANUFACTURER:
		return get_text(psy->plan.manufacturer, value);
	case POWER_SUPPLY_PROP_SERIAL_NUMBER:
		return get_text(psy->plan.serial_number, value);
	default:
		return -EINVAL;
	}
}

static int property_is_writeable(struct power_supply *supply, enum power_supply_property property)
{
	struct kmod_psy *psy = power_supply_get_drvdata(supply);

	return place_of(psy, property) < psy->plan.writable;
}

static int set_property(struct power_supply *supply, enum power_supply_property property,
			const union power_supply_propval *value)
{
	struct kmod_psy *psy = power_supply_get_drvdata(supply);
	unsigned int i = place_of(psy, property);
	int ret = -ENODEV;

	if (i >= psy->plan.writable)
		return -EINVAL;
	kmod_class_door_pass(&psy->door, ret = psy->ops->set_property(psy->data,
								      psy->plan.properties[i],
								      value->intval));
	return ret;
}

static void describe(struct kmod_psy *psy)
{
	const struct kmod_power_supply_plan *plan = &psy->plan;
	unsigned int i;

	for (i = 0; i < plan->count; i++)
		psy->properties[i] = numbers[plan->properties[i]];
	if (plan->model_name)
		psy->properties[i++] = POWER_SUPPLY_PROP_MODEL_NAME;
	if (plan->manufacturer)
		psy->properties[i++] = POWER_SUPPLY_PROP_MANUFACTURER;
	if (plan->serial_number)
		psy->properties[i++] = POWER_SUPPLY_PROP_SERIAL_NUMBER;
	psy->desc.name = psy->name;
	psy->desc.type = plan->type;
	psy->desc.properties = psy->properties;
	psy->desc.num_properties = i;
	psy->desc.get_property = get_property;
	if (plan->writable) {
		psy->desc.set_property = set_property;
		psy->desc.property_is_writeable = property_is_writeable;
	}
}

int kmod_power_supply_make(struct kmod_power_supply *supply, struct device *parent,
			   const struct kmod_power_supply_plan *plan,
			   const struct kmod_power_supply_ops *ops, void *data)
{
	struct power_supply_config config = {};
	struct kmod_psy *psy;
	int ret = -ENOMEM;

	psy = kzalloc(sizeof(*psy) + (plan->count + 3) * sizeof(psy->properties[0]), GFP_KERNEL);
	if (!psy)
		return -ENOMEM;
	psy->plan = *plan;
	psy->ops = ops;
	psy->data = data;
	psy->name = kmod_class_name_make(&plan->name);
	if (!psy->name)
		goto free;
	describe(psy);
	config.drv_data = psy;
	kmod_class_door_open(&psy->door);
	psy->supply = power_supply_register(parent, &psy->desc, &config);
	if (!IS_ERR(psy->supply)) {
		supply->made = psy;
		kmod_class_gate_open(&supply->gate);
		return 0;
	}
	ret = PTR_ERR(psy->supply);
	/*
	 * What fails after its name was taken, for want of memory, others may have found: they come as far as the
	 * door, so that what is behind it may go, but not this.
	 */
	kmod_class_door_shut(&psy->door);
	kmod_class_door_empty(&psy->door);
	if (ret != -EEXIST)
		return ret;
	kfree(psy->name);
free:
	kfree(psy);
	return ret;
}

void kmod_power_supply_shut(struct kmod_power_supply *supply)
{
	kmod_class_gate_shut(&supply->gate);
}

/*
 * power_supply_unregister() waits for files. It does not wait for those who go through all supplies
 * (power_supply_is_system_supplied(), and another supply's work) and call this one's functions, nor for those
 * who have asked for it by its name: each has a reference to it, or it would be gone under them. So when this
 * one is the last, nobody calls any more.
 */
static void wait_for_last(struct kmod_psy *psy)
{
	struct device *device = &psy->supply->dev;
	unsigned int waits = 0;

	while (kref_read(&device->kobj.kref) > 1) {
		if (++waits % 1000 == 0)
			pr_warn("power supply %s: waits for who has a reference to it\n", psy->name);
		schedule_timeout_uninterruptible(max(HZ / 100, 1));
	}
}

void kmod_power_supply_end(struct kmod_power_supply *supply)
{
	struct kmod_psy *psy = supply->made;
	struct device *device = &psy->supply->dev;

	get_device(device);
	/*
	 * The work that tells of a new supply queues another one, for which the kernel has waited by the time
	 * that it waits for the first. It ends when the supply is being removed.
	 */
	WRITE_ONCE(psy->supply->removing, true);
	cancel_delayed_work_sync(&psy->supply->deferred_register_work);
	power_supply_unregister(psy->supply);
	wait_for_last(psy);
	put_device(device);
	kfree(psy->name);
	kfree(psy);
}

void kmod_power_supply_changed(struct kmod_power_supply *supply)
{
	kmod_class_gate_pass(&supply->gate, power_supply_changed(supply->made->supply));
}
