/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IOCTL_H
#define KMOD_IOCTL_H

#include <linux/fs.h>
#include <linux/ioctl.h>

/*
 * compat_ptr_ioctl(): the command of a 32-bit process, given to unlocked_ioctl. A kernel that runs
 * no 32-bit processes has none, and never calls it.
 */
long kmod_compat_ptr_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

#endif
