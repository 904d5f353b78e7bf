// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/delay.h>
#include <linux/kmemleak.h>
#include <linux/kref.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>
#include <linux/workqueue.h>

static_assert(KMOD_TRIP_ACTIVE == THERMAL_TRIP_ACTIVE);
static_assert(KMOD_TRIP_PASSIVE == THERMAL_TRIP_PASSIVE);
static_assert(KMOD_TRIP_HOT == THERMAL_TRIP_HOT);
static_assert(KMOD_TRIP_CRITICAL == THERMAL_TRIP_CRITICAL);

/*
 * Since 6.9 a zone takes its trips as a table with a flag for each that can be written; before, it asks for each
 * trip's temperature and type, and has a mask of those that can be written.
 */
#ifdef THERMAL_TRIP_FLAG_RW_TEMP
#define TRIPS_ARE_A_TABLE
#endif

struct kmod_thermal_zone {
	struct thermal_zone_device *tz;
	struct thermal_zone_device_ops kernel_ops;
	const struct kmod_thermal_ops *ops;
	void *data;
	const struct kmod_thermal_trip *trips;
	unsigned int count;
	struct work_struct update;
#ifndef TRIPS_ARE_A_TABLE
	int temperatures[];
#endif
};

static struct kmod_thermal_zone *zone_of(struct thermal_zone_device *tz)
{
#ifdef TRIPS_ARE_A_TABLE
	return thermal_zone_device_priv(tz);
#else
	return tz->devdata;
#endif
}

static int get_temp(struct thermal_zone_device *tz, int *temperature)
{
	struct kmod_thermal_zone *zone = zone_of(tz);

	return zone->ops->get_temp(zone->data, temperature);
}

static int set_trip(struct kmod_thermal_zone *zone, unsigned int trip, int temperature)
{
	return zone->ops->set_trip_temp ?
		zone->ops->set_trip_temp(zone->data, trip, temperature) : 0;
}

static bool cools(const struct kmod_thermal_trip *trip, struct thermal_cooling_device *cdev)
{
	return trip->cooled_by && !strcmp(trip->cooled_by, cdev->type);
}

static void update(struct work_struct *work)
{
	struct kmod_thermal_zone *zone = container_of(work, struct kmod_thermal_zone, update);

	thermal_zone_device_update(zone->tz, THERMAL_EVENT_UNSPECIFIED);
}

#ifdef TRIPS_ARE_A_TABLE

static const struct kmod_thermal_trip *trip_of(const struct thermal_trip *trip)
{
	return trip->priv;
}

static int set_trip_temp(struct thermal_zone_device *tz, const struct thermal_trip *trip,
			 int temperature)
{
	struct kmod_thermal_zone *zone = zone_of(tz);

	return set_trip(zone, trip_of(trip) - zone->trips, temperature);
}

static bool should_bind(struct thermal_zone_device *tz, const struct thermal_trip *trip,
			struct thermal_cooling_device *cdev, struct cooling_spec *spec)
{
	return cools(trip_of(trip), cdev);
}

static struct thermal_zone_device *add(struct kmod_thermal_zone *zone, const char *type,
				       const struct kmod_thermal_plan *plan)
{
	struct thermal_trip *trips = kcalloc(plan->count, sizeof(*trips), GFP_KERNEL);
	struct thermal_zone_device *tz;
	unsigned int i;

	if (!trips)
		return ERR_PTR(-ENOMEM);
	for (i = 0; i < plan->count; i++) {
		trips[i].temperature = plan->trips[i].temperature;
		trips[i].hysteresis = plan->trips[i].hysteresis;
		trips[i].type = plan->trips[i].type;
		trips[i].flags = plan->trips[i].writable ? THERMAL_TRIP_FLAG_RW_TEMP : 0;
		trips[i].priv = (void *)&plan->trips[i];
	}
	zone->kernel_ops.get_temp = get_temp;
	zone->kernel_ops.set_trip_temp = set_trip_temp;
	zone->kernel_ops.should_bind = should_bind;
	/* It takes copies of the trips and the functions. */
	tz = thermal_zone_device_register_with_trips(type, plan->count ? trips : NULL, plan->count,
						     zone, &zone->kernel_ops, NULL,
						     plan->passive_delay, plan->polling_delay);
	kfree(trips);
	return tz;
}

static size_t size_of(const struct kmod_thermal_plan *plan)
{
	return sizeof(struct kmod_thermal_zone);
}

/* The kernel waits until nobody has the zone any more, and has its functions itself. */
static void remove(struct kmod_thermal_zone *zone)
{
	thermal_zone_device_unregister(zone->tz);
	kfree(zone);
}

#else

static int get_trip_type(struct thermal_zone_device *tz, int trip, enum thermal_trip_type *type)
{
	*type = zone_of(tz)->trips[trip].type;
	return 0;
}

static int get_trip_temp(struct thermal_zone_device *tz, int trip, int *temperature)
{
	*temperature = READ_ONCE(zone_of(tz)->temperatures[trip]);
	return 0;
}

static int get_trip_hyst(struct thermal_zone_device *tz, int trip, int *hysteresis)
{
	*hysteresis = zone_of(tz)->trips[trip].hysteresis;
	return 0;
}

static int set_trip_temp(struct thermal_zone_device *tz, int trip, int temperature)
{
	struct kmod_thermal_zone *zone = zone_of(tz);
	int ret = set_trip(zone, trip, temperature);

	if (!ret)
		WRITE_ONCE(zone->temperatures[trip], temperature);
	return ret;
}

/* For each trip that such a device cools. */
static int of_each(struct thermal_zone_device *tz, struct thermal_cooling_device *cdev,
		   int (*call)(struct thermal_zone_device *tz, int trip,
			       struct thermal_cooling_device *cdev))
{
	struct kmod_thermal_zone *zone = zone_of(tz);
	unsigned int i;
	int ret = 0;

	for (i = 0; i < zone->count && !ret; i++)
		if (cools(&zone->trips[i], cdev))
			ret = call(tz, i, cdev);
	return ret;
}

static int bind_one(struct thermal_zone_device *tz, int trip, struct thermal_cooling_device *cdev)
{
	return thermal_zone_bind_cooling_device(tz, trip, cdev, THERMAL_NO_LIMIT, THERMAL_NO_LIMIT,
						THERMAL_WEIGHT_DEFAULT);
}

static int bind(struct thermal_zone_device *tz, struct thermal_cooling_device *cdev)
{
	return of_each(tz, cdev, bind_one);
}

static int unbind(struct thermal_zone_device *tz, struct thermal_cooling_device *cdev)
{
	return of_each(tz, cdev, thermal_zone_unbind_cooling_device);
}

static struct thermal_zone_device *add(struct kmod_thermal_zone *zone, const char *type,
				       const struct kmod_thermal_plan *plan)
{
	unsigned int i;
	int mask = 0;

	for (i = 0; i < plan->count; i++) {
		zone->temperatures[i] = plan->trips[i].temperature;
		mask |= plan->trips[i].writable << i;
	}
	zone->kernel_ops.get_temp = get_temp;
	zone->kernel_ops.get_trip_type = get_trip_type;
	zone->kernel_ops.get_trip_temp = get_trip_temp;
	zone->kernel_ops.get_trip_hyst = get_trip_hyst;
	zone->kernel_ops.set_trip_temp = set_trip_temp;
	zone->kernel_ops.bind = bind;
	zone->kernel_ops.unbind = unbind;
	return thermal_zone_device_register(type, plan->count, mask, zone, &zone->kernel_ops, NULL,
					    plan->passive_delay, plan->polling_delay);
}

static size_t size_of(const struct kmod_thermal_plan *plan)
{
	return struct_size((struct kmod_thermal_zone *)NULL, temperatures, plan->count);
}

/*
 * thermal_zone_device_unregister() ends the work that looks at a zone again before it takes the files away, by
 * which that work can be queued once more, and then outlives the zone: without delays, it is not.
 */
static void calm(struct thermal_zone_device *tz)
{
	mutex_lock(&tz->lock);
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 12, 0)
	tz->passive_delay = 0;
	tz->polling_delay = 0;
#else
	tz->passive_delay_jiffies = 0;
	tz->polling_delay_jiffies = 0;
#endif
	mutex_unlock(&tz->lock);
}

/* Who lets go of a zone last frees it, and looks at its functions for that: here. */
static void remove(struct kmod_thermal_zone *zone)
{
	struct device *device = &zone->tz->device;

	calm(zone->tz);
	get_device(device);
	thermal_zone_device_unregister(zone->tz);
	/* It can be found no more: there are only fewer who have it. */
	while (kref_read(&device->kobj.kref) > 1)
		msleep(1);
	put_device(device);
#ifdef CONFIG_DEBUG_KOBJECT_RELEASE
	/* It is freed some seconds later, and nobody says when: the functions stay. */
	kmemleak_not_leak(zone);
#else
	kfree(zone);
#endif
}

#endif

int kmod_thermal_make(struct kmod_thermal *thermal, const struct kmod_thermal_plan *plan,
		      const struct kmod_thermal_ops *ops, void *data)
{
	struct kmod_thermal_zone *zone = kzalloc(size_of(plan), GFP_KERNEL);
	char *type;
	int ret;

	if (!zone)
		return -ENOMEM;
	zone->ops = ops;
	zone->data = data;
	zone->trips = plan->trips;
	zone->count = plan->count;
	INIT_WORK(&zone->update, update);
	ret = -ENOMEM;
	/* The kernel takes a copy of it. */
	type = kmod_class_name_make(&plan->name);
	if (!type)
		goto free;
	zone->tz = add(zone, type, plan);
	kfree(type);
	ret = PTR_ERR_OR_ZERO(zone->tz);
	if (ret)
		goto free;
	ret = thermal_zone_device_enable(zone->tz);
	if (ret) {
		remove(zone);
		return ret;
	}
	thermal->zone = zone;
	kmod_class_door_open(&thermal->door);
	return 0;
free:
	kfree(zone);
	return ret;
}

void kmod_thermal_shut(struct kmod_thermal *thermal)
{
	kmod_class_door_shut(&thermal->door);
}

void kmod_thermal_end(struct kmod_thermal *thermal)
{
	struct kmod_thermal_zone *zone = thermal->zone;

	/* Who is inside may queue the work. */
	kmod_class_door_empty(&thermal->door);
	cancel_work_sync(&zone->update);
	remove(zone);
}

void kmod_thermal_update(struct kmod_thermal *thermal)
{
	kmod_class_door_pass(&thermal->door, schedule_work(&thermal->zone->update));
}
