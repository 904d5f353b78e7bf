// SPDX-License-Identifier: GPL-2.0-only
/* The same module in C. */
#include <linux/module.h>
#include <linux/version.h>

static unsigned int number = 1;
module_param(number, uint, 0444);
MODULE_PARM_DESC(number, "A number, in two lines.");

static bool undocumented;
module_param(undocumented, bool, 0444);

static int __init vm_modinfo_init(void)
{
	return 0;
}

static void __exit vm_modinfo_exit(void)
{
}

module_init(vm_modinfo_init);
module_exit(vm_modinfo_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("Ada \"the first\" <ada@example.org>");
MODULE_AUTHOR("Zoë");
MODULE_DESCRIPTION("100% of \\ the keys\tthere are");
MODULE_VERSION("1.2.3-rc4");
MODULE_ALIAS("vm-alias");
MODULE_ALIAS("pci:v00001234d*");
MODULE_SOFTDEP("pre: crc32c_generic post: loop");
MODULE_FIRMWARE("vm/one.bin");
MODULE_FIRMWARE("vm/two.bin");
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
MODULE_IMPORT_NS(VM_NAMESPACE);
#else
MODULE_IMPORT_NS("VM_NAMESPACE");
#endif
