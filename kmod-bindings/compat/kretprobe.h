/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_KRETPROBE_H
#define KMOD_COMPAT_KRETPROBE_H

#include <linux/kprobes.h>
#include <linux/version.h>

/*
 * Since 5.11 a call finds its probe by get_kretprobe(), before it had it in a field. That is a function,
 * which the preprocessor cannot see: the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
#define kmod_compat_get_kretprobe(call) get_kretprobe(call)
#else
#define kmod_compat_get_kretprobe(call) READ_ONCE((call)->rp)
#endif

#endif
