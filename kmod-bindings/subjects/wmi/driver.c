// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/wmi.h"

#include <linux/module.h>
#include <linux/rwsem.h>
#include <linux/slab.h>

/*
 * A device that is bound. Old kernels call notify() while they unbind, and after: then there is none, whatever
 * the device's driver is by now.
 */
struct bound {
	struct list_head others;
	struct device *device;
	struct kmod_wmi_driver *driver;
	void *placed;
};

static LIST_HEAD(all);
static DECLARE_RWSEM(all_lock);
static DEFINE_MUTEX(watching_lock);

static struct kmod_wmi_driver *driver_of(const struct device *device)
{
	return container_of(device->driver, struct kmod_wmi_driver, driver.driver);
}

/* With the lock held; NULL if there is none. */
static struct bound *find(const struct device *device)
{
	struct bound *bound;

	list_for_each_entry(bound, &all, others)
		if (bound->device == device)
			return bound;
	return NULL;
}

static void notify(struct wmi_device *wmi, union acpi_object *object)
{
	void (*call)(void *placed, const union acpi_object *object);
	struct bound *bound;
	void *placed;

	down_read(&all_lock);
	bound = find(&wmi->dev);
	if (bound) {
		placed = bound->placed;
		call = bound->driver->wmi->notify;
		bound->driver->wmi->hold(placed);
	}
	up_read(&all_lock);
	if (bound)
		call(placed, object);
}

/* New kernels wait for notify() before they call remove(), which would wake it if it sleeps. */
static int unbinding(struct notifier_block *block, unsigned long action, void *data)
{
	struct kmod_wmi_driver *driver = container_of(block, struct kmod_wmi_driver, unbinding);
	struct bound *bound;

	if (action != BUS_NOTIFY_UNBIND_DRIVER)
		return NOTIFY_DONE;
	down_read(&all_lock);
	bound = find(data);
	if (bound && bound->driver == driver)
		driver->wmi->closing(bound->placed);
	up_read(&all_lock);
	return NOTIFY_DONE;
}

/* The bus is known only by its devices. */
static int watch(struct kmod_wmi_driver *driver)
{
	int error = 0;

	mutex_lock(&watching_lock);
	if (!driver->watching) {
		driver->unbinding.notifier_call = unbinding;
		error = bus_register_notifier(driver->driver.driver.bus, &driver->unbinding);
		driver->watching = !error;
	}
	mutex_unlock(&watching_lock);
	return error;
}

int kmod_wmi_start(struct device *device, void *placed)
{
	struct kmod_wmi_driver *driver = driver_of(device);
	struct bound *bound;
	int error;

	if (!driver->wmi->notify)
		return 0;
	error = watch(driver);
	if (error)
		return error;
	bound = kmalloc(sizeof(*bound), GFP_KERNEL);
	if (!bound)
		return -ENOMEM;
	bound->device = device;
	bound->driver = driver;
	bound->placed = placed;
	down_write(&all_lock);
	list_add(&bound->others, &all);
	up_write(&all_lock);
	return 0;
}

void kmod_wmi_stop(struct device *device)
{
	struct bound *bound;

	down_write(&all_lock);
	bound = find(device);
	if (bound)
		list_del(&bound->others);
	up_write(&all_lock);
	kfree(bound);
}

static int probe(struct wmi_device *wmi, const void *context)
{
	struct kmod_driver_calls *calls = driver_of(&wmi->dev)->calls;

	/* It may have been given to the driver by hand. */
	if (!context)
		return -ENODEV;
	return calls->probe(&wmi->dev, calls, (unsigned long)context - 1);
}

static void remove(struct wmi_device *wmi)
{
	struct kmod_driver_calls *calls = driver_of(&wmi->dev)->calls;

	calls->remove(&wmi->dev, calls);
}

static int __maybe_unused remove_with_number(struct wmi_device *wmi)
{
	remove(wmi);
	return 0;
}

static void __maybe_unused remove_with_nothing(struct wmi_device *wmi)
{
	remove(wmi);
}

static void shutdown(struct wmi_device *wmi)
{
	driver_of(&wmi->dev)->calls->shutdown(&wmi->dev);
}

int kmod_wmi_driver_register(struct kmod_wmi_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct wmi_device_id *ids)
{
	const struct kmod_wmi_calls *wmi = driver->wmi;

	ida_init(&calls->indices);
	memset(driver, 0, sizeof(*driver));
	driver->calls = calls;
	driver->wmi = wmi;
	driver->driver.driver.name = name;
	driver->driver.driver.pm = kmod_driver_pm(calls);
	driver->driver.id_table = ids;
	driver->driver.probe = probe;
	driver->driver.remove = kmod_compat_wmi_remove(remove_with_number, remove_with_nothing);
	if (wmi->notify)
		driver->driver.notify = notify;
	if (calls->shutdown)
		kmod_compat_wmi_shutdown(&driver->driver, shutdown, calls->shutdown);
	kmod_compat_wmi_several(&driver->driver);
	return wmi_driver_register(&driver->driver);
}

void kmod_wmi_driver_unregister(struct kmod_wmi_driver *driver)
{
	wmi_driver_unregister(&driver->driver);
	if (driver->watching)
		bus_unregister_notifier(driver->driver.driver.bus, &driver->unbinding);
	/* Those that have begun before. */
	if (driver->wmi->notify)
		acpi_os_wait_events_complete();
	ida_destroy(&driver->calls->indices);
}
