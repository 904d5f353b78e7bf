// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "../../compat/battery.h"
#include "../power_supply/helpers.h"

#if !IS_ENABLED(CONFIG_ACPI_BATTERY)
#error "this kernel has no batteries of ACPI to hook: CONFIG_ACPI_BATTERY is not set"
#endif

/* What a hook may add: the kernel's own driver of batteries has none of them. */
static const char *const names[] = {
	[KMOD_PSY_CHARGE_CONTROL_START_THRESHOLD] = "charge_control_start_threshold",
	[KMOD_PSY_CHARGE_CONTROL_END_THRESHOLD] = "charge_control_end_threshold",
};

struct hook_file {
	struct device_attribute attribute;
	struct kmod_battery_hook *hook;
	unsigned int property;
};

struct kmod_battery_hook {
	struct list_head all;
	struct list_head hooked; /* of struct battery: those that have the files */
	const struct kmod_battery_hook_ops *ops;
	void *data;
	unsigned int count;
	struct hook_file files[];
};

struct battery {
	struct list_head list;
	struct power_supply *supply;
};

/*
 * Old kernels do not say for which hook they call, and a hook that refuses a battery is gone, so that to end it is to
 * end it twice. So the module has one hook for all of its own, which takes every battery.
 *
 * "users_lock" is taken before the kernel's lock of hooks, and "lock" after it.
 */
static DEFINE_MUTEX(users_lock);
static unsigned int users;

static DEFINE_MUTEX(lock);
static LIST_HEAD(hooks);
static LIST_HEAD(batteries); /* all that there are */

static struct hook_file *hook_file_of(struct device_attribute *attribute)
{
	return container_of(attribute, struct hook_file, attribute);
}

static ssize_t show(struct device *device, struct device_attribute *attribute, char *page)
{
	struct hook_file *file = hook_file_of(attribute);
	struct kmod_battery_hook *hook = file->hook;
	int value = 0;
	int ret = hook->ops->get_property(hook->data, dev_name(device), file->property, &value);

	return ret ?: sysfs_emit(page, "%d\n", value);
}

static ssize_t store(struct device *device, struct device_attribute *attribute, const char *text,
		     size_t len)
{
	struct hook_file *file = hook_file_of(attribute);
	struct kmod_battery_hook *hook = file->hook;
	int value;
	int ret = kstrtoint(text, 10, &value);

	if (!ret)
		ret = hook->ops->set_property(hook->data, dev_name(device), file->property, value);
	return ret ?: len;
}

/* The first "count" files of the hook. */
static void remove_files(struct kmod_battery_hook *hook, struct device *device, unsigned int count)
{
	while (count--)
		device_remove_file(device, &hook->files[count].attribute);
}

static int add_files(struct kmod_battery_hook *hook, struct device *device)
{
	struct device_attribute *attribute;
	struct kernfs_node *taken;
	unsigned int i;
	int ret;

	for (i = 0; i < hook->count; i++) {
		attribute = &hook->files[i].attribute;
		/* The kernel would say so with a trace. */
		taken = sysfs_get_dirent(device->kobj.sd, attribute->attr.name);
		kernfs_put(taken);
		ret = taken ? -EEXIST : device_create_file(device, attribute);
		if (ret) {
			remove_files(hook, device, i);
			return ret;
		}
	}
	return 0;
}

/* With the lock. */
static void attach(struct kmod_battery_hook *hook, struct power_supply *supply)
{
	struct device *device = &supply->dev;
	struct battery *battery = kmalloc(sizeof(*battery), GFP_KERNEL);
	int ret = battery ? 0 : -ENOMEM;

	if (!ret && hook->ops->add_battery)
		ret = hook->ops->add_battery(hook->data, dev_name(device));
	if (!ret)
		ret = add_files(hook, device);
	if (!ret) {
		battery->supply = supply;
		list_add(&battery->list, &hook->hooked);
		return;
	}
	kfree(battery);
	if (ret != -ENODEV)
		dev_warn(device, "%s adds nothing to this battery: error %d\n",
			 module_name(THIS_MODULE), ret);
}

/* With the lock, a battery that the hook has. */
static void detach(struct kmod_battery_hook *hook, struct battery *battery)
{
	remove_files(hook, &battery->supply->dev, hook->count);
	list_del(&battery->list);
	kfree(battery);
}

static int came(struct power_supply *supply)
{
	struct battery *battery = kmalloc(sizeof(*battery), GFP_KERNEL);
	struct kmod_battery_hook *hook;

	if (!battery)
		return 0;
	battery->supply = supply;
	mutex_lock(&lock);
	list_add(&battery->list, &batteries);
	list_for_each_entry(hook, &hooks, all)
		attach(hook, supply);
	mutex_unlock(&lock);
	return 0;
}

static struct battery *find(struct list_head *list, struct power_supply *supply)
{
	struct battery *battery;

	list_for_each_entry(battery, list, list)
		if (battery->supply == supply)
			return battery;
	return NULL;
}

static int goes(struct power_supply *supply)
{
	struct kmod_battery_hook *hook;
	struct battery *battery;

	mutex_lock(&lock);
	list_for_each_entry(hook, &hooks, all) {
		battery = find(&hook->hooked, supply);
		if (battery)
			detach(hook, battery);
	}
	battery = find(&batteries, supply);
	if (battery) {
		list_del(&battery->list);
		kfree(battery);
	}
	mutex_unlock(&lock);
	return 0;
}

static int __maybe_unused came_to(struct power_supply *supply, struct acpi_battery_hook *hook)
{
	return came(supply);
}

static int __maybe_unused goes_from(struct power_supply *supply, struct acpi_battery_hook *hook)
{
	return goes(supply);
}

static struct acpi_battery_hook kernel_hook = {
	.add_battery = kmod_compat_battery_hook(came, came_to),
	.remove_battery = kmod_compat_battery_hook(goes, goes_from),
};

struct kmod_battery_hook *kmod_battery_hook_make(const unsigned char *properties,
						 unsigned int count, unsigned int writable,
						 const struct kmod_battery_hook_ops *ops,
						 void *data)
{
	struct kmod_battery_hook *hook;
	struct battery *battery;
	unsigned int i;

	hook = kzalloc(sizeof(*hook) + count * sizeof(hook->files[0]), GFP_KERNEL);
	if (!hook)
		return ERR_PTR(-ENOMEM);
	INIT_LIST_HEAD(&hook->hooked);
	hook->ops = ops;
	hook->data = data;
	hook->count = count;
	for (i = 0; i < count; i++) {
		struct hook_file *file = &hook->files[i];
		struct device_attribute *attribute = &file->attribute;

		if (properties[i] >= ARRAY_SIZE(names) || !names[properties[i]]) {
			kfree(hook);
			return ERR_PTR(-EINVAL);
		}
		file->hook = hook;
		file->property = properties[i];
		sysfs_attr_init(&attribute->attr);
		attribute->attr.name = names[properties[i]];
		attribute->attr.mode = i < writable ? 0644 : 0444;
		attribute->show = show;
		attribute->store = i < writable ? store : NULL;
	}
	mutex_lock(&users_lock);
	mutex_lock(&lock);
	list_add_tail(&hook->all, &hooks);
	list_for_each_entry(battery, &batteries, list)
		attach(hook, battery->supply);
	mutex_unlock(&lock);
	if (!users++) {
		kernel_hook.name = module_name(THIS_MODULE);
		battery_hook_register(&kernel_hook);
	}
	mutex_unlock(&users_lock);
	return hook;
}

void kmod_battery_hook_end(struct kmod_battery_hook *hook)
{
	struct battery *battery, *next;

	mutex_lock(&users_lock);
	mutex_lock(&lock);
	list_del(&hook->all);
	list_for_each_entry_safe(battery, next, &hook->hooked, list)
		detach(hook, battery);
	mutex_unlock(&lock);
	if (!--users)
		battery_hook_unregister(&kernel_hook);
	mutex_unlock(&users_lock);
	kfree(hook);
}
