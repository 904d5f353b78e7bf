/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_TIMER_H
#define KMOD_COMPAT_TIMER_H

#include <linux/timer.h>
#include <linux/version.h>

/*
 * del_timer() is called timer_delete() since 6.2, and its old name went with 6.15. Where both are
 * there one is inline, so the preprocessor cannot see it: the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
#define kmod_compat_timer_delete(timer) timer_delete(timer)
#else
#define kmod_compat_timer_delete(timer) del_timer(timer)
#endif

#endif
