// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/platform.h"

#include <linux/module.h>

static struct kmod_platform_driver *driver_of(struct platform_device *device)
{
	struct platform_driver *driver =
		container_of(device->dev.driver, struct platform_driver, driver);

	return container_of(driver, struct kmod_platform_driver, driver);
}

static int probe(struct platform_device *device)
{
	struct kmod_platform_driver *driver = driver_of(device);

	return driver->probe(device, driver);
}

static void remove(struct platform_device *device)
{
	struct kmod_platform_driver *driver = driver_of(device);

	driver->remove(device, driver);
}

static int __maybe_unused remove_with_number(struct platform_device *device)
{
	remove(device);
	return 0;
}

static void __maybe_unused remove_with_nothing(struct platform_device *device)
{
	remove(device);
}

static void shutdown(struct platform_device *device)
{
	/* The driver core calls it for devices without a driver, too, on old kernels. */
	if (device->dev.driver)
		driver_of(device)->shutdown(device);
}

int kmod_platform_driver_register(struct kmod_platform_driver *driver, const char *name)
{
	ida_init(&driver->indices);
	memset(&driver->driver, 0, sizeof(driver->driver));
	driver->driver.probe = probe;
	driver->driver.remove =
		kmod_compat_platform_remove(remove_with_number, remove_with_nothing);
	if (driver->shutdown)
		driver->driver.shutdown = shutdown;
	driver->driver.driver.name = name;
	return platform_driver_register(&driver->driver);
}

void kmod_platform_driver_unregister(struct kmod_platform_driver *driver)
{
	platform_driver_unregister(&driver->driver);
	ida_destroy(&driver->indices);
}

struct platform_device *kmod_platform_device_create(const char *name, int id)
{
	return platform_device_register_simple(name, id, NULL, 0);
}

struct device *kmod_platform_dev(struct platform_device *device)
{
	return &device->dev;
}

int kmod_platform_id(const struct platform_device *device)
{
	return device->id;
}
