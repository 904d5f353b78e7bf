/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_WMI_H
#define KMOD_COMPAT_WMI_H

#include <linux/version.h>
#include <linux/wmi.h>

/* Since 5.17 a WMI driver's remove() returns nothing: picks the function that fits. */
#define kmod_compat_wmi_remove(number, nothing)					\
	_Generic(((struct wmi_driver *)NULL)->remove,				\
		 int (*)(struct wmi_device *): number,				\
		 void (*)(struct wmi_device *): nothing)

/*
 * Since 6.9 a driver says that there may be several devices of one GUID. It is a member, which the
 * preprocessor cannot see: the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)
#define kmod_compat_wmi_several(wmi) ((wmi)->no_singleton = true)
#else
#define kmod_compat_wmi_several(wmi) ((void)(wmi))
#endif

/* Since 6.13 shutdown() is a member of its own, too; before, it is that of the driver core. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
#define kmod_compat_wmi_shutdown(wmi, own, plain) ((void)(plain), (wmi)->shutdown = (own))
#else
#define kmod_compat_wmi_shutdown(wmi, own, plain) ((void)(own), (wmi)->driver.shutdown = (plain))
#endif

#endif
