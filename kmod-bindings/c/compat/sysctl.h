/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_SYSCTL_H
#define KMOD_COMPAT_SYSCTL_H

#include <linux/sysctl.h>

/*
 * register_sysctl(path, table) was a function that takes a table with an end; since 6.6 it is a
 * macro over one that takes a size, and since 6.11 an end is an error.
 */
#ifdef register_sysctl
#define kmod_compat_register_sysctl(path, table) register_sysctl_sz(path, table, 1)
#else
#define kmod_compat_register_sysctl(path, table) register_sysctl(path, table)
#endif

/* Since 6.11 the table that a proc_handler gets is const: picks the function that fits. */
#define kmod_compat_proc_handler(plain, constant)				\
	_Generic((proc_handler *)NULL,						\
		 int (*)(struct ctl_table *, int, void *, size_t *, loff_t *): plain, \
		 int (*)(const struct ctl_table *, int, void *, size_t *, loff_t *): constant)

#endif
