/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PARAMS_H
#define KMOD_PARAMS_H

#include <linux/module.h>
#include <linux/moduleparam.h>

/* The kernel has no signed byte among its parameter types. */
extern const struct kernel_param_ops kmod_param_ops_s8;

/*
 * Where __this_module keeps a pointer that is NULL until the parameters' files
 * in sysfs are made, which is after the parameters given to insmod were set.
 */
static const unsigned long KMOD_MODULE_PARAM_FILES_OFFSET =
	offsetof(struct module, mkobj) + offsetof(struct module_kobject, mp);

#endif
