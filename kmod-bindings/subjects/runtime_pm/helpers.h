/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_RUNTIME_PM_H
#define KMOD_RUNTIME_PM_H

#include <linux/device.h>

/*
 * Has a device that is being bound, and is on, suspended when nobody has used it for as many
 * milliseconds. EOPNOTSUPP on USB if its driver does not say that it supports that.
 */
int kmod_runtime_pm_begin(struct device *device, int autosuspend);
/* As before. "held" of the references were never put. */
void kmod_runtime_pm_end(struct device *device, unsigned int held);

/* Resumes the device and takes a reference, or returns an errno. */
int kmod_runtime_pm_get(struct device *device);
void kmod_runtime_pm_put(struct device *device);

#endif
