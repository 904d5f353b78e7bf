/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_SYSFS_H
#define KMOD_COMPAT_SYSFS_H

#include <linux/module.h>
#include <linux/sysfs.h>

/* Since 6.14 the attribute that a module's show() and store() get is const: picks what fits. */
#define kmod_compat_module_show(plain, constant)				\
	_Generic(((struct module_attribute *)NULL)->show,			\
		 ssize_t (*)(struct module_attribute *, struct module_kobject *, char *): plain, \
		 ssize_t (*)(const struct module_attribute *, struct module_kobject *,	\
			     char *): constant)

#define kmod_compat_module_store(plain, constant)				\
	_Generic(((struct module_attribute *)NULL)->store,			\
		 ssize_t (*)(struct module_attribute *, struct module_kobject *,	\
			     const char *, size_t): plain,			\
		 ssize_t (*)(const struct module_attribute *, struct module_kobject *,	\
			     const char *, size_t): constant)

/* So is, since 6.16, the attribute that the callbacks of a file of bytes get. */
#define kmod_compat_bin_callback(plain, constant)				\
	_Generic(((struct bin_attribute *)NULL)->read,				\
		 ssize_t (*)(struct file *, struct kobject *, struct bin_attribute *,	\
			     char *, loff_t, size_t): plain,			\
		 ssize_t (*)(struct file *, struct kobject *, const struct bin_attribute *, \
			     char *, loff_t, size_t): constant)

/* And the one that says whether such a file is there gets. */
#define kmod_compat_bin_visible(plain, constant)				\
	_Generic(((struct attribute_group *)NULL)->is_bin_visible,		\
		 umode_t (*)(struct kobject *, struct bin_attribute *, int): plain,	\
		 umode_t (*)(struct kobject *, const struct bin_attribute *, int): constant)

/* Those of a group are constant since then, and so is the array of them. */
#define kmod_compat_set_bin_attrs(group, attrs) ((group)->bin_attrs = (void *)(attrs))

#endif
