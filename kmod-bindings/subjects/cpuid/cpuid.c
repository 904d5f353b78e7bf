// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#ifdef CONFIG_X86
#include "../../compat/cpuid.h"

/* Leaves are in ranges, each of which begins with its largest one: 0, 0x80000000, a hypervisor's at 0x40000000. */
#define RANGE 0xffff0000
#define HYPERVISOR 0x40000000
/* Of leaf 1, in ECX: the third range is a hypervisor's. */
#define HAS_HYPERVISOR (1U << 31)

bool kmod_cpuid(u32 leaf, u32 subleaf, struct kmod_cpuid *told)
{
	u32 range = leaf & RANGE;
	u32 largest;

	if (range == HYPERVISOR && !(cpuid_ecx(1) & HAS_HYPERVISOR))
		return false;
	largest = cpuid_eax(range);
	/* Of a range that there is not, a CPU tells anything. */
	if ((largest & RANGE) != range || leaf > largest)
		return false;
	cpuid_count(leaf, subleaf, &told->eax, &told->ebx, &told->ecx, &told->edx);
	return true;
}
#else
bool kmod_cpuid(u32 leaf, u32 subleaf, struct kmod_cpuid *told)
{
	return false;
}
#endif
