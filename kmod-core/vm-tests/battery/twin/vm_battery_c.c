// SPDX-License-Identifier: GPL-2.0-only
/* The same in C. */
#include <linux/acpi.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/power_supply.h>

#include <acpi/battery.h>

static int starts;
static int ends[2] = { 100, 90 };

static int *end_of(struct device *device)
{
	return &ends[!strcmp(dev_name(device), "BAT1")];
}

static ssize_t charge_control_start_threshold_show(struct device *device,
						   struct device_attribute *attr, char *text)
{
	return sysfs_emit(text, "%d\n", starts);
}

static ssize_t charge_control_start_threshold_store(struct device *device,
						    struct device_attribute *attr,
						    const char *text, size_t length)
{
	return kstrtoint(text, 10, &starts) ?: length;
}
static DEVICE_ATTR_RW(charge_control_start_threshold);

static ssize_t charge_control_end_threshold_show(struct device *device,
						 struct device_attribute *attr, char *text)
{
	int end = *end_of(device);

	return end == 42 ? -EIO : sysfs_emit(text, "%d\n", end);
}

static ssize_t charge_control_end_threshold_store(struct device *device,
						  struct device_attribute *attr, const char *text,
						  size_t length)
{
	int end;
	int error = kstrtoint(text, 10, &end);

	if (error)
		return error;
	if (end < -1 || end > 100)
		return -EINVAL;
	*end_of(device) = end;
	return length;
}
static DEVICE_ATTR_RW(charge_control_end_threshold);

static struct attribute *attrs[] = {
	&dev_attr_charge_control_start_threshold.attr,
	&dev_attr_charge_control_end_threshold.attr,
	NULL
};
static const struct attribute_group group = { .attrs = attrs };
static const struct attribute_group *groups[] = { &group, NULL };

static int came(struct power_supply *battery)
{
	return device_add_groups(&battery->dev, groups);
}

static int goes(struct power_supply *battery)
{
	device_remove_groups(&battery->dev, groups);
	return 0;
}

static int __maybe_unused came_to(struct power_supply *battery, struct acpi_battery_hook *hook)
{
	return came(battery);
}

static int __maybe_unused goes_from(struct power_supply *battery, struct acpi_battery_hook *hook)
{
	return goes(battery);
}

#define PICK(plain, with_hook)							\
	_Generic(((struct acpi_battery_hook *)NULL)->add_battery,		\
		 int (*)(struct power_supply *): plain,				\
		 int (*)(struct power_supply *, struct acpi_battery_hook *): with_hook)

static struct acpi_battery_hook hook = {
	.name = "vm_battery_c",
	.add_battery = PICK(came, came_to),
	.remove_battery = PICK(goes, goes_from),
};

static int plug(const char *text, const struct kernel_param *param)
{
	bool is_in;
	int error = kstrtobool(text, &is_in);

	if (error)
		return error;
	return ACPI_SUCCESS(acpi_execute_simple_method(NULL, "\\_SB.PLUG.PLUG", is_in)) ? 0 : -EIO;
}

static const struct kernel_param_ops plug_ops = { .set = plug };
module_param_cb(plug, &plug_ops, NULL, 0200);

static int __init begin(void)
{
	battery_hook_register(&hook);
	return 0;
}
module_init(begin);

static void __exit end(void)
{
	battery_hook_unregister(&hook);
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Adds thresholds to batteries, in C");
