/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PARAMS_H
#define KMOD_PARAMS_H

#include <linux/moduleparam.h>

/* The kernel has no signed byte among its parameter types. */
extern const struct kernel_param_ops kmod_param_ops_s8;

/* The lock that the kernel holds while it sets or shows a parameter of this module. */
void kmod_param_lock(void);
void kmod_param_unlock(void);

#endif
