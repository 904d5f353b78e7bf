/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CPUID_H
#define KMOD_CPUID_H

#include <linux/types.h>

struct kmod_cpuid {
	u32 eax;
	u32 ebx;
	u32 ecx;
	u32 edx;
};

/* What CPUID tells where this runs; false if there is no such leaf. */
bool kmod_cpuid(u32 leaf, u32 subleaf, struct kmod_cpuid *told);

#endif
