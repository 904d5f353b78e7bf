// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/platform.h"

#include <linux/module.h>

static struct kmod_acpi_driver *driver_of(struct platform_device *device)
{
	struct platform_driver *driver =
		container_of(device->dev.driver, struct platform_driver, driver);

	return container_of(driver, struct kmod_acpi_driver, driver);
}

static int probe(struct platform_device *device)
{
	struct kmod_acpi_driver *driver = driver_of(device);
	const struct acpi_device_id *id =
		acpi_match_device(driver->driver.driver.acpi_match_table, &device->dev);

	/* It may have been given to the driver by hand. */
	if (!id)
		return -ENODEV;
	return driver->calls->probe(&device->dev, driver->calls, id->driver_data);
}

static void remove(struct platform_device *device)
{
	struct kmod_acpi_driver *driver = driver_of(device);

	driver->calls->remove(&device->dev, driver->calls);
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
		driver_of(device)->calls->shutdown(&device->dev);
}

int kmod_acpi_driver_register(struct kmod_acpi_driver *driver, struct kmod_driver_calls *calls,
			      const char *name, const struct acpi_device_id *ids)
{
	ida_init(&calls->indices);
	memset(driver, 0, sizeof(*driver));
	driver->calls = calls;
	driver->driver.driver.name = name;
	driver->driver.driver.pm = kmod_driver_pm(calls);
	driver->driver.driver.acpi_match_table = ids;
	driver->driver.probe = probe;
	driver->driver.remove =
		kmod_compat_platform_remove(remove_with_number, remove_with_nothing);
	if (calls->shutdown)
		driver->driver.shutdown = shutdown;
	return platform_driver_register(&driver->driver);
}

void kmod_acpi_driver_unregister(struct kmod_acpi_driver *driver)
{
	platform_driver_unregister(&driver->driver);
	ida_destroy(&driver->calls->indices);
}
