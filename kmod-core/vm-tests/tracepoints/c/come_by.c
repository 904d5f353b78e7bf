// SPDX-License-Identifier: GPL-2.0-only
/* Comes by the tracepoints module_get and module_put: no lock is taken there. */
#include <linux/module.h>

void vm_tracepoints_come_by(void)
{
	if (try_module_get(THIS_MODULE))
		module_put(THIS_MODULE);
}
