// SPDX-License-Identifier: GPL-2.0-only
#include "ioctl.h"

long kmod_compat_ptr_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
#ifdef CONFIG_COMPAT
	return compat_ptr_ioctl(file, cmd, arg);
#else
	return -ENOTTY;
#endif
}
