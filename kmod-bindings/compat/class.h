/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_CLASS_H
#define KMOD_COMPAT_CLASS_H

#include <linux/device.h>

/* class_create(owner, name) was a macro; since 6.4 class_create(name) is a function. */
#ifdef class_create
#define kmod_compat_class_create(name) class_create(THIS_MODULE, name)
#else
#define kmod_compat_class_create(name) class_create(name)
#endif

/* Since 6.2 the device that class->devnode gets is const: picks the function that fits. */
#define kmod_compat_devnode(plain, constant)					\
	_Generic(((struct class *)NULL)->devnode,				\
		 char *(*)(struct device *, umode_t *): plain,			\
		 char *(*)(const struct device *, umode_t *): constant)

#endif
