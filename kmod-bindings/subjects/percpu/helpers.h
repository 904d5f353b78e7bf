/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PERCPU_H
#define KMOD_PERCPU_H

#include <linux/percpu.h>
#include <linux/types.h>

/*
 * Memory of which each CPU has its own, all zeroes, or NULL. What is returned is not an address; the
 * others get it. May sleep.
 */
void *kmod_percpu_alloc(size_t size, size_t align);
void kmod_percpu_free(void *percpu);

/* That of the CPU where this runs, which may be another one by the time it returns. */
void *kmod_percpu_this(void *percpu);
/* That of this CPU, which is one of the possible ones. */
void *kmod_percpu_of(void *percpu, unsigned int cpu);
/* The first possible CPU that is "from" or behind it, or a negative number if there is none. */
int kmod_percpu_next(unsigned int from);

/* Adds to the number of the CPU where this runs, whatever interrupts it. */
void kmod_percpu_add(s64 *counter, s64 number);
void kmod_percpu_inc(s64 *counter);

#endif
