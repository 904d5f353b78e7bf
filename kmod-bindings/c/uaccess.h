/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_UACCESS_H
#define KMOD_UACCESS_H

#include <linux/kernel.h>
#include <linux/uaccess.h>

/* Each returns how many bytes could not be copied (or cleared). May sleep. */
unsigned long kmod_copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long kmod_copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long kmod_clear_user(void __user *to, unsigned long n);

#endif
