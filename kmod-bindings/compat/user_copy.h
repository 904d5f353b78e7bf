/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_USER_COPY_H
#define KMOD_COMPAT_USER_COPY_H

#include <linux/uaccess.h>
#include <linux/version.h>

/*
 * What copy_to_user() and copy_from_user() come to for a constant size. Since 6.12 an architecture
 * that has them inline keeps them under another name.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0) && defined(INLINE_COPY_TO_USER)
#define kmod_compat_copy_to_user_known(to, from, n) _inline_copy_to_user(to, from, n)
#else
#define kmod_compat_copy_to_user_known(to, from, n) _copy_to_user(to, from, n)
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0) && defined(INLINE_COPY_FROM_USER)
#define kmod_compat_copy_from_user_known(to, from, n) _inline_copy_from_user(to, from, n)
#else
#define kmod_compat_copy_from_user_known(to, from, n) _copy_from_user(to, from, n)
#endif

#endif
