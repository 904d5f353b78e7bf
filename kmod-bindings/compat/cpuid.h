/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_CPUID_H
#define KMOD_COMPAT_CPUID_H

#include <asm/processor.h>

/* 6.16: cpuid() and its kin are in a header of their own, which that of processors does not include any more. */
#if __has_include(<asm/cpuid/api.h>)
#include <asm/cpuid/api.h>
#endif

#endif
