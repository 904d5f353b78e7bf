// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/pci.h>
#include <linux/pm_runtime.h>
#include <linux/string.h>

/* By its name: its core is a module on some kernels, and not there on others. */
static bool is_usb(struct device *device)
{
	return device->bus && !strcmp(device->bus->name, "usb");
}

int kmod_runtime_pm_begin(struct device *device, int autosuspend)
{
	/* PCI's core has enabled it, and holds a reference that is the driver's to put. */
	if (dev_is_pci(device)) {
		pm_runtime_put_noidle(device);
	} else if (is_usb(device)) {
		/*
		 * USB's core has enabled it for a driver that supports it; for others it would suspend the
		 * device by a call that is not there.
		 */
		if (!pm_runtime_enabled(device))
			return -EOPNOTSUPP;
	} else {
		int error = pm_runtime_set_active(device);

		if (error)
			return error;
		pm_runtime_enable(device);
	}
	pm_runtime_set_autosuspend_delay(device, autosuspend);
	pm_runtime_use_autosuspend(device);
	pm_runtime_mark_last_busy(device);
	return 0;
}

void kmod_runtime_pm_end(struct device *device, unsigned int held)
{
	while (held--)
		pm_runtime_put_noidle(device);
	pm_runtime_dont_use_autosuspend(device);
	if (dev_is_pci(device))
		pm_runtime_get_noresume(device);
	else if (!is_usb(device))
		pm_runtime_disable(device);
}

int kmod_runtime_pm_get(struct device *device)
{
	return pm_runtime_resume_and_get(device);
}

void kmod_runtime_pm_put(struct device *device)
{
	pm_runtime_mark_last_busy(device);
	pm_runtime_put_autosuspend(device);
}
