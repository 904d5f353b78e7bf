// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only a module with ioctls copies values of known size. */
#include "../../compat/user_copy.h"
#include "helpers.h"

unsigned long kmod_copy_to_user_known(void __user *to, const void *from, unsigned long n)
{
	return kmod_compat_copy_to_user_known(to, from, n);
}

unsigned long kmod_copy_from_user_known(void *to, const void __user *from, unsigned long n)
{
	return kmod_compat_copy_from_user_known(to, from, n);
}

#define KMOD_WORD(type, size)							\
	int kmod_put_user_##size(type value, void __user *to)			\
	{									\
		return put_user(value, (type __user *)to);			\
	}									\
										\
	int kmod_get_user_##size(type *to, const void __user *from)		\
	{									\
		return get_user(*to, (const type __user *)from);		\
	}

KMOD_WORD(u8, 1)
KMOD_WORD(u16, 2)
KMOD_WORD(u32, 4)
KMOD_WORD(u64, 8)
