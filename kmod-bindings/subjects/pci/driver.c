// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/module.h>

static struct kmod_pci_driver *driver_of(struct pci_dev *device)
{
	struct pci_driver *driver = container_of(device->dev.driver, struct pci_driver, driver);

	return container_of(driver, struct kmod_pci_driver, driver);
}

static int probe(struct pci_dev *device, const struct pci_device_id *id)
{
	struct kmod_pci_driver *driver = driver_of(device);
	int error = pci_enable_device(device);

	if (error)
		return error;
	error = driver->calls->probe(&device->dev, driver->calls, id->driver_data);
	if (error)
		pci_disable_device(device);
	return error;
}

static void remove(struct pci_dev *device)
{
	struct kmod_pci_driver *driver = driver_of(device);

	driver->calls->remove(&device->dev, driver->calls);
	pci_disable_device(device);
}

static void shutdown(struct pci_dev *device)
{
	driver_of(device)->calls->shutdown(&device->dev);
}

int kmod_pci_driver_register(struct kmod_pci_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct pci_device_id *ids)
{
	ida_init(&calls->indices);
	driver->calls = calls;
	driver->driver.name = name;
	driver->driver.id_table = ids;
	driver->driver.driver.pm = kmod_driver_pm(calls);
	driver->driver.probe = probe;
	driver->driver.remove = remove;
	if (calls->shutdown)
		driver->driver.shutdown = shutdown;
	return pci_register_driver(&driver->driver);
}

void kmod_pci_driver_unregister(struct kmod_pci_driver *driver)
{
	pci_unregister_driver(&driver->driver);
	ida_destroy(&driver->calls->indices);
}
