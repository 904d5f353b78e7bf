// SPDX-License-Identifier: GPL-2.0-only
/* A function of the same name that cannot be probed. */
#include <linux/kprobes.h>
#include <linux/module.h>

long vm_probes_target(long a, unsigned long b, int c, unsigned char d, long e, unsigned int f);

long __attribute__((__noipa__))
vm_probes_target(long a, unsigned long b, int c, unsigned char d, long e, unsigned int f)
{
	return a;
}
NOKPROBE_SYMBOL(vm_probes_target);

static int __init vm_probes_no_c_init(void)
{
	return vm_probes_target(0, 0, 0, 0, 0, 0);
}

static void __exit vm_probes_no_c_exit(void)
{
}

module_init(vm_probes_no_c_init);
module_exit(vm_probes_no_c_exit);
MODULE_DESCRIPTION("A function that cannot be probed");
MODULE_LICENSE("GPL");
