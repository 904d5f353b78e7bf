// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>

static int set_s8(const char *val, const struct kernel_param *kp)
{
	return kstrtos8(val, 0, (s8 *)kp->arg);
}

static int get_s8(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%hhd\n", *(s8 *)kp->arg);
}

const struct kernel_param_ops kmod_param_ops_s8 = {
	.set = set_s8,
	.get = get_s8,
};

void kmod_param_lock(void)
{
	kernel_param_lock(THIS_MODULE);
}

void kmod_param_unlock(void)
{
	kernel_param_unlock(THIS_MODULE);
}
