/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_UACCESS_H
#define KMOD_UACCESS_H

#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/uaccess.h>

/* Each returns how many bytes could not be copied (or cleared). May sleep. */
unsigned long kmod_copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long kmod_copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long kmod_clear_user(void __user *to, unsigned long n);

/*
 * The same for a size that the caller knows when it is compiled: as in C, the kernel's side is
 * then not checked anew.
 */
unsigned long kmod_copy_to_user_known(void __user *to, const void *from, unsigned long n);
unsigned long kmod_copy_from_user_known(void *to, const void __user *from, unsigned long n);

/* put_user() and get_user() of one word: 0 or -EFAULT. */
int kmod_put_user_1(u8 value, void __user *to);
int kmod_put_user_2(u16 value, void __user *to);
int kmod_put_user_4(u32 value, void __user *to);
int kmod_put_user_8(u64 value, void __user *to);
int kmod_get_user_1(u8 *to, const void __user *from);
int kmod_get_user_2(u16 *to, const void __user *from);
int kmod_get_user_4(u32 *to, const void __user *from);
int kmod_get_user_8(u64 *to, const void __user *from);

#endif
