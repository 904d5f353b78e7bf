/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_PANIC_H
#define KMOD_COMPAT_PANIC_H

/* 5.14: panic_notifier_list is declared in a header of its own. */
#if __has_include(<linux/panic_notifier.h>)
#include <linux/panic_notifier.h>
#else
#include <linux/kernel.h>
#endif

#endif
