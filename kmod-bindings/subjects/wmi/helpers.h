/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_WMI_H
#define KMOD_WMI_H

#include <linux/notifier.h>
#include <linux/wmi.h>

#include "../driver/helpers.h"

/* What a WMI driver's functions call besides those of all drivers. "placed" is what kmod_wmi_start() was given. */
struct kmod_wmi_calls {
	/* NULL if the driver does not want to know; the object may be NULL, too. Gives back what hold() took. */
	void (*notify)(void *placed, const union acpi_object *object);
	/* Has what "placed" points to stay for a call of notify(). */
	void (*hold)(void *placed);
	/* The device is about to be unbound: nobody is let in any more, and who sleeps inside wakes up. */
	void (*closing)(void *placed);
};

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_wmi_driver {
	struct wmi_driver driver;
	struct kmod_driver_calls *calls;
	const struct kmod_wmi_calls *wmi;
	struct notifier_block unbinding;
	bool watching; /* the bus calls "unbinding" */
};

/* The number in the row of "ids" at N is N + 1. "wmi" of the driver is set, all else is all zeroes. */
int kmod_wmi_driver_register(struct kmod_wmi_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct wmi_device_id *ids);
/* After it nothing of the driver is called any more. */
void kmod_wmi_driver_unregister(struct kmod_wmi_driver *driver);

/* While a device is being bound, or unbound: from here on, until here, events are its driver's. */
int kmod_wmi_start(struct device *device, void *placed);
void kmod_wmi_stop(struct device *device);

struct wmi_device *kmod_wmi_device(struct device *device); /* or NULL, if it is on another bus */

/*
 * Each is for a device; where that is NULL, for the first block of this GUID. What "result" points to is freed
 * by kmod_acpi_free(); it may be NULL, and be set to NULL.
 */
int kmod_wmi_evaluate(struct wmi_device *wmi, const char *guid, unsigned char instance,
		      unsigned int method, const void *in, unsigned int length,
		      union acpi_object **result);
int kmod_wmi_query(struct wmi_device *wmi, const char *guid, unsigned char instance,
		   union acpi_object **result);
int kmod_wmi_set(struct wmi_device *wmi, const char *guid, unsigned char instance, const void *in,
		 unsigned int length);
bool kmod_wmi_has(const char *guid);

#endif
