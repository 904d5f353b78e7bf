/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PARAMS_H
#define KMOD_PARAMS_H

#include <linux/module.h>
#include <linux/moduleparam.h>

/* The kernel has no signed byte among its parameter types. */
int kmod_param_set_s8(const char *val, const struct kernel_param *kp);
int kmod_param_get_s8(char *buffer, const struct kernel_param *kp);

/*
 * param_set_charp() while the module is being loaded, -EPERM afterwards: the
 * module's code holds references to the text. Root gets here by chmod() of the
 * file in sysfs.
 */
int kmod_param_set_charp(const char *val, const struct kernel_param *kp);

#endif
