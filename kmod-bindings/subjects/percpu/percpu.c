// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/cpumask.h>

/* Where the compiler knows the address space, it converts numbers only. */
#define PERCPU(type, pointer) ((type __percpu __force *)(unsigned long)(pointer))

void *kmod_percpu_alloc(size_t size, size_t align)
{
	return (__force void *)(unsigned long)__alloc_percpu(size, align);
}

void kmod_percpu_free(void *percpu)
{
	free_percpu(PERCPU(void, percpu));
}

void *kmod_percpu_this(void *percpu)
{
	return raw_cpu_ptr(PERCPU(char, percpu));
}

void *kmod_percpu_of(void *percpu, unsigned int cpu)
{
	return per_cpu_ptr(PERCPU(char, percpu), cpu);
}

int kmod_percpu_next(unsigned int from)
{
	unsigned int cpu;

	for (cpu = from; cpu < nr_cpu_ids; cpu++)
		if (cpu_possible(cpu))
			return cpu;
	return -1;
}

void kmod_percpu_add(s64 *counter, s64 number)
{
	this_cpu_add(*PERCPU(s64, counter), number);
}

void kmod_percpu_inc(s64 *counter)
{
	this_cpu_inc(*PERCPU(s64, counter));
}
