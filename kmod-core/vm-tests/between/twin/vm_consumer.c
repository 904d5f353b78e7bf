// SPDX-License-Identifier: GPL-2.0-only
/* A module in C that uses what vm_between exports of its Rust. */
#include <linux/module.h>
#include <linux/version.h>

#include "vm_between_rust.h"

static unsigned int sum;
module_param(sum, uint, 0444);
static unsigned int hidden;
module_param(hidden, uint, 0444);

static int __init vm_consumer_init(void)
{
	const struct pair pair = { .one = 40, .other = 2 };

	sum = vm_between_sum(&pair);
	hidden = vm_between_hidden();
	return 0;
}
module_init(vm_consumer_init);

static void __exit vm_consumer_exit(void)
{
}
module_exit(vm_consumer_exit);

MODULE_DESCRIPTION("Uses another module's Rust");
MODULE_LICENSE("GPL");
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
MODULE_IMPORT_NS("VM_BETWEEN");
#else
MODULE_IMPORT_NS(VM_BETWEEN);
#endif
