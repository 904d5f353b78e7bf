// SPDX-License-Identifier: GPL-2.0-only
/* The thermal zone and the fan of vm_thermal, in C. */
#include <linux/module.h>
#include <linux/string.h>
#include <linux/thermal.h>

static int temperature;
module_param(temperature, int, 0644);

static unsigned long state;
module_param(state, ulong, 0444);

static struct thermal_zone_device *zone;
static struct thermal_cooling_device *fan;

static int look_set(const char *text, const struct kernel_param *param)
{
	thermal_zone_device_update(zone, THERMAL_EVENT_UNSPECIFIED);
	return 0;
}

static const struct kernel_param_ops look_ops = { .set = look_set };
module_param_cb(look, &look_ops, NULL, 0200);

static int fan_max(struct thermal_cooling_device *device, unsigned long *max)
{
	*max = 3;
	return 0;
}

static int fan_get(struct thermal_cooling_device *device, unsigned long *now)
{
	*now = state;
	return 0;
}

static int fan_set(struct thermal_cooling_device *device, unsigned long wanted)
{
	if (wanted == 3)
		return -EIO;
	if (wanted > 3)
		return -EINVAL;
	state = wanted;
	return 0;
}

static const struct thermal_cooling_device_ops fan_ops = {
	.get_max_state = fan_max,
	.get_cur_state = fan_get,
	.set_cur_state = fan_set,
};

static int zone_get_temp(struct thermal_zone_device *device, int *now)
{
	if (temperature == 13000)
		return -EIO;
	*now = temperature;
	return 0;
}

#ifdef THERMAL_TRIP_FLAG_RW_TEMP

static struct thermal_trip trips[] = {
	{ .type = THERMAL_TRIP_ACTIVE, .temperature = 60000, .hysteresis = 2000,
	  .flags = THERMAL_TRIP_FLAG_RW_TEMP },
	{ .type = THERMAL_TRIP_PASSIVE, .temperature = 80000 },
	{ .type = THERMAL_TRIP_CRITICAL, .temperature = 200000 },
};

static bool zone_should_bind(struct thermal_zone_device *device, const struct thermal_trip *trip,
			     struct thermal_cooling_device *cooling, struct cooling_spec *spec)
{
	return trip->type == THERMAL_TRIP_ACTIVE && !strcmp(cooling->type, "vm_thermal_c_fan");
}

static int zone_set_trip(struct thermal_zone_device *device, const struct thermal_trip *trip,
			 int wanted)
{
	return wanted == 13000 ? -EIO : 0;
}

static struct thermal_zone_device_ops zone_ops = {
	.get_temp = zone_get_temp,
	.set_trip_temp = zone_set_trip,
	.should_bind = zone_should_bind,
};

static struct thermal_zone_device *zone_add(void)
{
	return thermal_zone_device_register_with_trips("vm_thermal_c", trips, ARRAY_SIZE(trips),
						       NULL, &zone_ops, NULL, 0, 0);
}

#else

static int trip_temps[] = { 60000, 80000, 200000 };

static int zone_trip_type(struct thermal_zone_device *device, int trip,
			  enum thermal_trip_type *type)
{
	static const enum thermal_trip_type types[] = {
		THERMAL_TRIP_ACTIVE, THERMAL_TRIP_PASSIVE, THERMAL_TRIP_CRITICAL,
	};

	*type = types[trip];
	return 0;
}

static int zone_trip_temp(struct thermal_zone_device *device, int trip, int *now)
{
	*now = trip_temps[trip];
	return 0;
}

static int zone_trip_hyst(struct thermal_zone_device *device, int trip, int *now)
{
	*now = trip ? 0 : 2000;
	return 0;
}

static int zone_set_trip(struct thermal_zone_device *device, int trip, int wanted)
{
	if (trip || wanted == 13000)
		return -EIO;
	trip_temps[trip] = wanted;
	return 0;
}

static int zone_bind(struct thermal_zone_device *device, struct thermal_cooling_device *cooling)
{
	if (strcmp(cooling->type, "vm_thermal_c_fan"))
		return 0;
	return thermal_zone_bind_cooling_device(device, 0, cooling, THERMAL_NO_LIMIT,
						THERMAL_NO_LIMIT, THERMAL_WEIGHT_DEFAULT);
}

static int zone_unbind(struct thermal_zone_device *device, struct thermal_cooling_device *cooling)
{
	if (strcmp(cooling->type, "vm_thermal_c_fan"))
		return 0;
	return thermal_zone_unbind_cooling_device(device, 0, cooling);
}

static struct thermal_zone_device_ops zone_ops = {
	.get_temp = zone_get_temp,
	.get_trip_type = zone_trip_type,
	.get_trip_temp = zone_trip_temp,
	.get_trip_hyst = zone_trip_hyst,
	.set_trip_temp = zone_set_trip,
	.bind = zone_bind,
	.unbind = zone_unbind,
};

static struct thermal_zone_device *zone_add(void)
{
	return thermal_zone_device_register("vm_thermal_c", 3, 1, NULL, &zone_ops, NULL, 0, 0);
}

#endif

static int __init begin(void)
{
	int error;

	fan = thermal_cooling_device_register("vm_thermal_c_fan", NULL, &fan_ops);
	if (IS_ERR(fan))
		return PTR_ERR(fan);
	zone = zone_add();
	if (IS_ERR(zone)) {
		thermal_cooling_device_unregister(fan);
		return PTR_ERR(zone);
	}
	error = thermal_zone_device_enable(zone);
	if (error) {
		thermal_zone_device_unregister(zone);
		thermal_cooling_device_unregister(fan);
	}
	return error;
}
module_init(begin);

static void __exit end(void)
{
	thermal_zone_device_unregister(zone);
	thermal_cooling_device_unregister(fan);
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The twin of vm_thermal");
