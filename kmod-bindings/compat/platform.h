/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_PLATFORM_H
#define KMOD_COMPAT_PLATFORM_H

#include <linux/platform_device.h>

/* Since 6.11 a platform driver's remove() returns nothing: picks the function that fits. */
#define kmod_compat_platform_remove(number, nothing)				\
	_Generic(((struct platform_driver *)NULL)->remove,			\
		 int (*)(struct platform_device *): number,			\
		 void (*)(struct platform_device *): nothing)

#endif
