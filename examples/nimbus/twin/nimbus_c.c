// SPDX-License-Identifier: GPL-2.0-only
/* The laptop Nimbus 3, in C. */
#include <linux/acpi.h>
#include <linux/hwmon.h>
#include <linux/input.h>
#include <linux/input/sparse-keymap.h>
#include <linux/leds.h>
#include <linux/module.h>
#include <linux/platform_profile.h>
#include <linux/power_supply.h>
#include <linux/slab.h>
#include <linux/version.h>
#include <linux/wmi.h>

#include <acpi/battery.h>

#define METHODS "3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A01"
#define EVENTS "3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A02"

enum { MEASURE = 1, GET, SET };
enum { TEMPERATURE, FAN };
enum { DUTY, LIGHT, CHARGE_END, PROFILE };

struct ask {
	u32 what;
	u32 value;
};

struct laptop {
	struct device *hwmon;
	struct led_classdev light;
};

/* What a method answers: a package of an error and a value. */
static int taken(acpi_status status, union acpi_object *object, u32 *value)
{
	const union acpi_object *elements;
	int error = -EIO;

	if (ACPI_SUCCESS(status) && object && object->type == ACPI_TYPE_PACKAGE &&
	    object->package.count >= 2) {
		elements = object->package.elements;
		if (elements[0].type == ACPI_TYPE_INTEGER &&
		    elements[1].type == ACPI_TYPE_INTEGER && !elements[0].integer.value) {
			*value = elements[1].integer.value;
			error = 0;
		}
	}
	kfree(object);
	return error;
}

static int ask(u32 method, u32 what, u32 *value)
{
	struct ask ask = { what, *value };
	struct acpi_buffer in = { sizeof(ask), &ask };
	struct acpi_buffer out = { ACPI_ALLOCATE_BUFFER, NULL };
	acpi_status status = wmi_evaluate_method(METHODS, 0, method, &in, &out);

	return taken(status, out.pointer, value);
}

static umode_t chip_is_visible(const void *data, enum hwmon_sensor_types type, u32 attr,
			       int channel)
{
	return type == hwmon_pwm ? 0644 : 0444;
}

static int chip_read(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		     long *value)
{
	u32 answer = 0;
	int error;

	switch (type) {
	case hwmon_temp:
		error = ask(MEASURE, TEMPERATURE, &answer);
		/* Tenths of a kelvin. */
		*value = (long)answer * 100 - 273200;
		return error;
	case hwmon_fan:
		error = ask(MEASURE, FAN, &answer);
		break;
	case hwmon_pwm:
		error = ask(GET, DUTY, &answer);
		break;
	default:
		return -EOPNOTSUPP;
	}
	*value = answer;
	return error;
}

static int chip_read_string(struct device *device, enum hwmon_sensor_types type, u32 attr,
			    int channel, const char **text)
{
	*text = "CPU";
	return 0;
}

static int chip_write(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		      long value)
{
	u32 duty = value;

	if (value < 0 || value > 255)
		return -EINVAL;
	return ask(SET, DUTY, &duty);
}

static const struct hwmon_ops chip_ops = {
	.is_visible = chip_is_visible,
	.read = chip_read,
	.read_string = chip_read_string,
	.write = chip_write,
};

static const struct hwmon_channel_info *chip_channels[] = {
	HWMON_CHANNEL_INFO(temp, HWMON_T_INPUT | HWMON_T_LABEL),
	HWMON_CHANNEL_INFO(fan, HWMON_F_INPUT),
	HWMON_CHANNEL_INFO(pwm, HWMON_PWM_INPUT),
	NULL
};

static const struct hwmon_chip_info chip_info = {
	.ops = &chip_ops,
	.info = chip_channels,
};

static int light_set(struct led_classdev *led, enum led_brightness brightness)
{
	u32 value = brightness;

	return ask(SET, LIGHT, &value);
}

static enum led_brightness light_get(struct led_classdev *led)
{
	u32 value = 0;

	return ask(GET, LIGHT, &value) ?: value;
}

static ssize_t charge_control_end_threshold_show(struct device *device,
						 struct device_attribute *attr, char *text)
{
	u32 percent = 0;
	int error = ask(GET, CHARGE_END, &percent);

	return error ?: sysfs_emit(text, "%u\n", percent);
}

static ssize_t charge_control_end_threshold_store(struct device *device,
						  struct device_attribute *attr, const char *text,
						  size_t length)
{
	u32 percent;
	int error = kstrtou32(text, 0, &percent);

	if (error)
		return error;
	if (percent < 40 || percent > 100)
		return -EINVAL;
	return ask(SET, CHARGE_END, &percent) ?: length;
}
static DEVICE_ATTR_RW(charge_control_end_threshold);

static int battery_came(struct power_supply *battery)
{
	return device_create_file(&battery->dev, &dev_attr_charge_control_end_threshold);
}

static int battery_goes(struct power_supply *battery)
{
	device_remove_file(&battery->dev, &dev_attr_charge_control_end_threshold);
	return 0;
}

/* They get the hook since 6.2, back-ported. */
static int __maybe_unused battery_came_to(struct power_supply *battery,
					  struct acpi_battery_hook *hook)
{
	return battery_came(battery);
}

static int __maybe_unused battery_goes_from(struct power_supply *battery,
					    struct acpi_battery_hook *hook)
{
	return battery_goes(battery);
}

#define HOOK(old, new)									\
	_Generic(((struct acpi_battery_hook *)NULL)->add_battery,			\
		 int (*)(struct power_supply *): old,					\
		 int (*)(struct power_supply *, struct acpi_battery_hook *): new)

static struct acpi_battery_hook battery_hook = {
	.name = "Nimbus",
	.add_battery = HOOK(battery_came, battery_came_to),
	.remove_battery = HOOK(battery_goes, battery_goes_from),
};

/* Firmware has a number for each. */
static const enum platform_profile_option profiles[] = {
	PLATFORM_PROFILE_QUIET,
	PLATFORM_PROFILE_BALANCED,
	PLATFORM_PROFILE_PERFORMANCE,
};

static int get_profile(enum platform_profile_option *profile)
{
	u32 number = 0;
	int error = ask(GET, PROFILE, &number);

	if (error)
		return error;
	if (number >= ARRAY_SIZE(profiles))
		return -EPROTO;
	*profile = profiles[number];
	return 0;
}

static int set_profile(enum platform_profile_option profile)
{
	u32 number;

	for (number = 0; number < ARRAY_SIZE(profiles); number++)
		if (profiles[number] == profile)
			return ask(SET, PROFILE, &number);
	return -EOPNOTSUPP;
}

static void choose_profiles(unsigned long *choices)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(profiles); i++)
		set_bit(profiles[i], choices);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
static struct device *profile_device;

static int profile_probe(void *data, unsigned long *choices)
{
	choose_profiles(choices);
	return 0;
}

static int profile_get(struct device *device, enum platform_profile_option *profile)
{
	return get_profile(profile);
}

static int profile_set(struct device *device, enum platform_profile_option profile)
{
	return set_profile(profile);
}

static const struct platform_profile_ops profile_ops = {
	.probe = profile_probe,
	.profile_get = profile_get,
	.profile_set = profile_set,
};

static int profile_register(struct device *parent)
{
	profile_device = platform_profile_register(parent, "nimbus", NULL, &profile_ops);
	return PTR_ERR_OR_ZERO(profile_device);
}

static void profile_unregister(void)
{
	platform_profile_remove(profile_device);
}
#else
static int profile_get(struct platform_profile_handler *handler,
		       enum platform_profile_option *profile)
{
	return get_profile(profile);
}

static int profile_set(struct platform_profile_handler *handler,
		       enum platform_profile_option profile)
{
	return set_profile(profile);
}

static struct platform_profile_handler profile_handler = {
	.profile_get = profile_get,
	.profile_set = profile_set,
};

static int profile_register(struct device *parent)
{
	choose_profiles(profile_handler.choices);
	return platform_profile_register(&profile_handler);
}

static void profile_unregister(void)
{
	platform_profile_remove();
}
#endif

static int laptop_probe(struct wmi_device *wmi, const void *context)
{
	struct laptop *laptop;
	u32 light = 0;
	int error;

	/* Other laptops have a block of this GUID, too, of which the methods are different ones. */
	if (ask(GET, LIGHT, &light))
		return -ENODEV;
	laptop = kzalloc(sizeof(*laptop), GFP_KERNEL);
	if (!laptop)
		return -ENOMEM;
	dev_set_drvdata(&wmi->dev, laptop);
	laptop->hwmon = hwmon_device_register_with_info(&wmi->dev, "nimbus", laptop, &chip_info,
							NULL);
	if (IS_ERR(laptop->hwmon)) {
		error = PTR_ERR(laptop->hwmon);
		goto free;
	}
	laptop->light.name = "nimbus::kbd_backlight";
	laptop->light.max_brightness = 3;
	laptop->light.brightness_set_blocking = light_set;
	laptop->light.brightness_get = light_get;
	error = led_classdev_register(&wmi->dev, &laptop->light);
	if (error)
		goto no_light;
	error = profile_register(&wmi->dev);
	if (error)
		goto no_profile;
	battery_hook_register(&battery_hook);
	return 0;
no_profile:
	led_classdev_unregister(&laptop->light);
no_light:
	hwmon_device_unregister(laptop->hwmon);
free:
	kfree(laptop);
	return error;
}

static void laptop_gone(struct wmi_device *wmi)
{
	struct laptop *laptop = dev_get_drvdata(&wmi->dev);

	battery_hook_unregister(&battery_hook);
	profile_unregister();
	led_classdev_unregister(&laptop->light);
	hwmon_device_unregister(laptop->hwmon);
	kfree(laptop);
}

#define LIGHT_KEY 4

static const struct key_entry keymap[] = {
	{ KE_KEY, 1, { KEY_PROG1 } },
	{ KE_KEY, 2, { KEY_WLAN } },
	{ KE_KEY, 3, { KEY_MICMUTE } },
	{ KE_KEY, LIGHT_KEY, { KEY_KBDILLUMTOGGLE } },
	{ KE_END }
};

static void keys_notify(struct wmi_device *wmi, union acpi_object *object)
{
	struct input_dev *keys = dev_get_drvdata(&wmi->dev);
	u32 light = 0;
	u32 key;

	/* Old kernels call this before probe() has returned, and after remove(). */
	if (!keys)
		return;
	if (!object || object->type != ACPI_TYPE_INTEGER) {
		pr_warn("an event tells of no key\n");
		return;
	}
	key = object->integer.value;
	if (key == LIGHT_KEY) {
		if (!ask(GET, LIGHT, &light)) {
			light = !light;
			ask(SET, LIGHT, &light);
		}
	}
	if (!sparse_keymap_report_event(keys, key, 1, true))
		pr_info("no key has the number %#x\n", key);
}

static int keys_probe(struct wmi_device *wmi, const void *context)
{
	struct input_dev *keys = input_allocate_device();
	int error;

	if (!keys)
		return -ENOMEM;
	keys->name = "Nimbus hotkeys";
	keys->id.bustype = BUS_HOST;
	keys->dev.parent = &wmi->dev;
	error = sparse_keymap_setup(keys, keymap, NULL) ?: input_register_device(keys);
	if (error) {
		input_free_device(keys);
		return error;
	}
	dev_set_drvdata(&wmi->dev, keys);
	return 0;
}

static void keys_gone(struct wmi_device *wmi)
{
	struct input_dev *keys = dev_get_drvdata(&wmi->dev);

	dev_set_drvdata(&wmi->dev, NULL);
	input_unregister_device(keys);
}

/* It returns nothing since 5.17. */
static int __maybe_unused laptop_remove(struct wmi_device *wmi)
{
	laptop_gone(wmi);
	return 0;
}

static int __maybe_unused keys_remove(struct wmi_device *wmi)
{
	keys_gone(wmi);
	return 0;
}

#define REMOVE(old, new)								\
	_Generic(((struct wmi_driver *)NULL)->remove,					\
		 int (*)(struct wmi_device *): old, void (*)(struct wmi_device *): new)

static const struct wmi_device_id laptop_ids[] = { { METHODS }, {} };
MODULE_DEVICE_TABLE(wmi, laptop_ids);

static const struct wmi_device_id keys_ids[] = { { EVENTS }, {} };
MODULE_DEVICE_TABLE(wmi, keys_ids);

static struct wmi_driver laptop_driver = {
	.driver = { .name = "nimbus_c" },
	.id_table = laptop_ids,
	.probe = laptop_probe,
	.remove = REMOVE(laptop_remove, laptop_gone),
};

static struct wmi_driver keys_driver = {
	.driver = { .name = "nimbus_c_keys" },
	.id_table = keys_ids,
	.probe = keys_probe,
	.remove = REMOVE(keys_remove, keys_gone),
	.notify = keys_notify,
};

static int __init nimbus_init(void)
{
	int error = wmi_driver_register(&laptop_driver);

	if (error)
		return error;
	error = wmi_driver_register(&keys_driver);
	if (error)
		wmi_driver_unregister(&laptop_driver);
	return error;
}

static void __exit nimbus_exit(void)
{
	wmi_driver_unregister(&keys_driver);
	wmi_driver_unregister(&laptop_driver);
}

module_init(nimbus_init);
module_exit(nimbus_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives the laptop Nimbus 3, in C");
