// SPDX-License-Identifier: GPL-2.0-only
/* A module in C that has a function for others. */
#include <linux/module.h>

u32 vm_provider_twice(u32 number);

u32 vm_provider_twice(u32 number)
{
	return 2 * number;
}
EXPORT_SYMBOL_GPL(vm_provider_twice);

MODULE_DESCRIPTION("Has a function for others");
MODULE_LICENSE("GPL");
