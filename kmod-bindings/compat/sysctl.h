/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_SYSCTL_H
#define KMOD_COMPAT_SYSCTL_H

#include <linux/sysctl.h>
#include <linux/version.h>

/*
 * register_sysctl(path, table) was a function that takes a table with an end; since 6.6 it is a
 * macro over one that takes a size, and since 6.11 an end is an error.
 */
#ifdef register_sysctl
#define KMOD_COMPAT_SYSCTL_END 0
#define kmod_compat_register_sysctl(path, table, count) register_sysctl_sz(path, table, count)
#else
#define KMOD_COMPAT_SYSCTL_END 1
#define kmod_compat_register_sysctl(path, table, count) register_sysctl(path, table)
#endif

/*
 * proc_dobool() came with 5.15, and to 5.10 with 5.10.220. Before 6.3 it wants the size of an int,
 * though it works on a bool.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define KMOD_COMPAT_SYSCTL_BOOL_LEN 1
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0) || \
	(LINUX_VERSION_CODE >= KERNEL_VERSION(5, 10, 220) && \
	 LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0))
#define KMOD_COMPAT_SYSCTL_BOOL_LEN 4
#else
#define KMOD_COMPAT_SYSCTL_BOOL_LEN 0
proc_handler proc_dobool; /* to have the name: nothing calls it */
#endif

#endif
