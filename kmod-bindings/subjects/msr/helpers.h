/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_MSR_H
#define KMOD_MSR_H

#include <linux/types.h>

/* What a register of that CPU has: 0, or an errno. Sleeps. */
int kmod_msr_read(unsigned int cpu, u32 number, u64 *value);

#endif
