// SPDX-License-Identifier: GPL-2.0-only
#include "../../compat/user_copy.h"
#include "helpers.h"

#include <linux/thread_info.h>

/* As in C, the kernel's side of a size that is not known before is checked. */
unsigned long kmod_copy_to_user(void __user *to, const void *from, unsigned long n)
{
	check_object_size(from, n, true);
	return kmod_compat_copy_to_user_known(to, from, n);
}

unsigned long kmod_copy_from_user(void *to, const void __user *from, unsigned long n)
{
	check_object_size(to, n, false);
	return kmod_compat_copy_from_user_known(to, from, n);
}
