// SPDX-License-Identifier: GPL-2.0-only
/* Comes by the tracepoints module_get and module_put: no lock is taken there. */
#include <linux/module.h>

/* A type that the kernel does not have: 7.3's resolve_btfids refuses a module whose BTF has none ("btf permute"). */
static struct vm_tracepoints_gets {
	unsigned int failed;
} gets;

void vm_tracepoints_come_by(void)
{
	if (try_module_get(THIS_MODULE))
		module_put(THIS_MODULE);
	else
		gets.failed++;
}
