// SPDX-License-Identifier: GPL-2.0-only
/* What other modules may call of this one's Rust. */
#include <linux/export.h>
#include <linux/version.h>

#include "vm_between_rust.h"

EXPORT_SYMBOL_GPL(vm_between_sum);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
EXPORT_SYMBOL_NS_GPL(vm_between_hidden, "VM_BETWEEN");
#else
EXPORT_SYMBOL_NS_GPL(vm_between_hidden, VM_BETWEEN);
#endif
