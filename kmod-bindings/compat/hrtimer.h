/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_HRTIMER_H
#define KMOD_COMPAT_HRTIMER_H

#include <linux/hrtimer.h>
#include <linux/version.h>

/*
 * hrtimer_setup() is there since 6.13, and hrtimer_init() with a function that is written by hand went
 * with 6.15. Both are functions, which the preprocessor cannot see: the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
#define kmod_compat_hrtimer_setup(timer, callback, clock, mode)			\
	hrtimer_setup(timer, callback, clock, mode)
#else
#define kmod_compat_hrtimer_setup(timer, callback, clock, mode)			\
	do {									\
		hrtimer_init(timer, clock, mode);				\
		(timer)->function = (callback);					\
	} while (0)
#endif

#endif
