/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PLATFORM_H
#define KMOD_PLATFORM_H

#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>

#include "../driver/helpers.h"
#include "../irq/helpers.h"

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_platform_driver {
	struct platform_driver driver;
	struct kmod_driver_calls *calls;
	bool others;
};

/* What a driver is for: tables with an end, or NULL. What a row says is the number that probe() gets. */
struct kmod_platform_ids {
	const struct platform_device_id *names;
	const struct acpi_device_id *acpi;
	const struct of_device_id *of;
	bool others; /* binds what no row is of, with the number 0: found by the driver's name, or given by hand */
};

int kmod_platform_driver_register(struct kmod_platform_driver *driver,
				  struct kmod_driver_calls *calls, const char *name,
				  const struct kmod_platform_ids *ids);
void kmod_platform_driver_unregister(struct kmod_platform_driver *driver);

/* Makes a device "NAME.ID" that the driver of that name finds, or an ERR_PTR. */
struct platform_device *kmod_platform_device_create(const char *name, int id);

struct platform_device *kmod_platform_of(struct device *device); /* or NULL, if it is on another bus */
int kmod_platform_id(const struct platform_device *device);

/* Has the interrupt resource of this index call what it is to; its line, or an errno. */
int kmod_platform_irq_request(struct device *device, unsigned int index,
			      const struct kmod_irq_calls *calls);

#endif
