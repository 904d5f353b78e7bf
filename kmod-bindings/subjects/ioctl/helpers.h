/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IOCTL_H
#define KMOD_IOCTL_H

#include <linux/fs.h>
#include <linux/ioctl.h>

/*
 * compat_ptr_ioctl() gives the command of a 32-bit process to unlocked_ioctl. A kernel that runs
 * no 32-bit processes has none.
 */
#ifdef CONFIG_COMPAT
static const bool KMOD_COMPAT = true;
#else
#undef compat_ptr_ioctl
long compat_ptr_ioctl(struct file *file, unsigned int cmd, unsigned long arg);
static const bool KMOD_COMPAT = false;
#endif

#endif
