// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/platform.h"

#include <linux/acpi.h>
#include <linux/module.h>
#include <linux/of_device.h>
#include <linux/property.h>

static struct kmod_platform_driver *driver_of(struct platform_device *device)
{
	struct platform_driver *driver =
		container_of(device->dev.driver, struct platform_driver, driver);

	return container_of(driver, struct kmod_platform_driver, driver);
}

/* The row of what a device itself says it is compatible with: ACPI's of the id "PRP0001" do. */
static const struct of_device_id *by_property(struct device *device,
					      const struct of_device_id *ids)
{
	const struct of_device_id *best = NULL;
	int least = INT_MAX;

	for (; ids && ids->compatible[0]; ids++) {
		int at = device_property_match_string(device, "compatible", ids->compatible);

		if (at >= 0 && at < least) {
			least = at;
			best = ids;
		}
	}
	return best;
}

/* What the row says by which the bus found the driver, in the bus's order. */
static bool find(struct platform_device *device, const struct platform_driver *driver,
		 unsigned long *data)
{
	const struct of_device_id *of = of_match_device(driver->driver.of_match_table, &device->dev);
	const struct acpi_device_id *acpi = NULL;
	const struct platform_device_id *names = driver->id_table;

	if (!of && driver->driver.acpi_match_table)
		acpi = acpi_match_device(driver->driver.acpi_match_table, &device->dev);
	if (!of && !acpi)
		of = by_property(&device->dev, driver->driver.of_match_table);
	if (of) {
		*data = (unsigned long)of->data;
		return true;
	}
	if (acpi) {
		*data = acpi->driver_data;
		return true;
	}
	/* Its id_entry may be a row of another driver, which was tried before. */
	for (; names && names->name[0]; names++) {
		if (!strcmp(device->name, names->name)) {
			*data = names->driver_data;
			return true;
		}
	}
	return false;
}

static int probe(struct platform_device *device)
{
	struct kmod_platform_driver *driver = driver_of(device);
	unsigned long data = 0;

	if (!find(device, &driver->driver, &data) && !driver->others)
		return -ENODEV;
	return driver->calls->probe(&device->dev, driver->calls, data);
}

static void remove(struct platform_device *device)
{
	struct kmod_platform_driver *driver = driver_of(device);

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

int kmod_platform_driver_register(struct kmod_platform_driver *driver,
				  struct kmod_driver_calls *calls, const char *name,
				  const struct kmod_platform_ids *ids)
{
	ida_init(&calls->indices);
	memset(driver, 0, sizeof(*driver));
	driver->calls = calls;
	driver->others = ids->others;
	driver->driver.id_table = ids->names;
	driver->driver.driver.acpi_match_table = ids->acpi;
	driver->driver.driver.of_match_table = ids->of;
	driver->driver.driver.name = name;
	driver->driver.driver.pm = kmod_driver_pm(calls);
	driver->driver.probe = probe;
	driver->driver.remove =
		kmod_compat_platform_remove(remove_with_number, remove_with_nothing);
	if (calls->shutdown)
		driver->driver.shutdown = shutdown;
	return platform_driver_register(&driver->driver);
}

void kmod_platform_driver_unregister(struct kmod_platform_driver *driver)
{
	platform_driver_unregister(&driver->driver);
	ida_destroy(&driver->calls->indices);
}

struct platform_device *kmod_platform_device_create(const char *name, int id)
{
	return platform_device_register_simple(name, id, NULL, 0);
}

struct platform_device *kmod_platform_of(struct device *device)
{
	return dev_is_platform(device) ? to_platform_device(device) : NULL;
}

int kmod_platform_id(const struct platform_device *device)
{
	return device->id;
}
