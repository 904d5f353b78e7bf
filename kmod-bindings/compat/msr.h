/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_MSR_H
#define KMOD_COMPAT_MSR_H

#include <linux/version.h>

#include <asm/msr.h>

/* rdmsrl_safe_on_cpu() is called rdmsrq_safe_on_cpu() since 6.16. Both are functions: the version has to tell. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#define kmod_compat_rdmsr_safe_on_cpu(cpu, number, value) rdmsrq_safe_on_cpu(cpu, number, value)
#else
#define kmod_compat_rdmsr_safe_on_cpu(cpu, number, value) rdmsrl_safe_on_cpu(cpu, number, value)
#endif

#endif
