// SPDX-License-Identifier: GPL-2.0-only
#include "params.h"

#include <linux/kernel.h>

int kmod_param_set_s8(const char *val, const struct kernel_param *kp)
{
	return kstrtos8(val, 0, (s8 *)kp->arg);
}

int kmod_param_get_s8(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%hhd\n", *(s8 *)kp->arg);
}

int kmod_param_set_charp(const char *val, const struct kernel_param *kp)
{
	/* The files are made after the parameters were parsed. */
	if (kp->mod->mkobj.mp)
		return -EPERM;
	return param_set_charp(val, kp);
}
