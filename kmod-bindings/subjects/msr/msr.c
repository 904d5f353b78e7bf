// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/cpumask.h>
#include <linux/errno.h>

#ifdef CONFIG_X86
#include "../../compat/msr.h"

int kmod_msr_read(unsigned int cpu, u32 number, u64 *value)
{
	/* A kernel for one CPU does not ask which one is meant. */
	if (cpu >= nr_cpu_ids || !cpu_online(cpu))
		return -ENXIO;
	return kmod_compat_rdmsr_safe_on_cpu(cpu, number, value);
}
#else
int kmod_msr_read(unsigned int cpu, u32 number, u64 *value)
{
	return -EOPNOTSUPP;
}
#endif
