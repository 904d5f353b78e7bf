/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_VM_FLAGS_H
#define KMOD_COMPAT_VM_FLAGS_H

#include <linux/mm.h>
#include <linux/version.h>

/*
 * Since 6.3 a mapping's flags are behind functions, which are inline, so the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define kmod_compat_vm_flags_clear(vma, flags) vm_flags_clear(vma, flags)
#define kmod_compat_vm_flags_set(vma, flags) vm_flags_set(vma, flags)
#else
#define kmod_compat_vm_flags_clear(vma, flags) ((vma)->vm_flags &= ~(flags))
#define kmod_compat_vm_flags_set(vma, flags) ((vma)->vm_flags |= (flags))
#endif

#endif
