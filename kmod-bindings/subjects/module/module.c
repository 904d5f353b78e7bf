// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/delay.h>

const char *kmod_module_name(void)
{
	return THIS_MODULE->name;
}

void kmod_module_wait_unused(void)
{
	/* load_module() holds one reference while init_module() runs. */
	while (module_refcount(THIS_MODULE) > 1)
		msleep(1);
}
