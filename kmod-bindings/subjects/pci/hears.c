// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

static const struct kmod_pci_resets *resets_of(struct pci_dev *device)
{
	struct pci_driver *driver = container_of(device->dev.driver, struct pci_driver, driver);

	return container_of(driver, struct kmod_pci_driver, driver)->resets;
}

static void reset_prepare(struct pci_dev *device)
{
	resets_of(device)->reset_prepare(&device->dev);
}

static void reset_done(struct pci_dev *device)
{
	resets_of(device)->reset_done(&device->dev);
}

static const struct pci_error_handlers before = {
	.reset_prepare = reset_prepare,
};

static const struct pci_error_handlers after = {
	.reset_done = reset_done,
};

static const struct pci_error_handlers both = {
	.reset_prepare = reset_prepare,
	.reset_done = reset_done,
};

void kmod_pci_driver_hears(struct kmod_pci_driver *driver, const struct kmod_pci_resets *resets)
{
	driver->resets = resets;
	if (!resets->reset_done)
		driver->driver.err_handler = &before;
	else
		driver->driver.err_handler = resets->reset_prepare ? &both : &after;
}
