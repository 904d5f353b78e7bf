// SPDX-License-Identifier: GPL-2.0-only
/* A module that does what a module must not, to prove that the VM's watch sees it. */

#include <linux/kernel.h>
#include <linux/module.h>

static char *what = "none";
module_param(what, charp, 0444);
MODULE_PARM_DESC(what, "none, warn, bug or oops");

static int __init vmfault_init(void)
{
	pr_info("vmfault: %s\n", what);
	if (!strcmp(what, "warn"))
		WARN(1, "vmfault: a WARN on purpose\n");
	if (!strcmp(what, "bug"))
		BUG();
	if (!strcmp(what, "oops"))
		*(volatile int *)8 = 1;
	return 0;
}

static void __exit vmfault_exit(void)
{
}

module_init(vmfault_init);
module_exit(vmfault_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Does wrong on purpose");
