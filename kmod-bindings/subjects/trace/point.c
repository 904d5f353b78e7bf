// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#ifdef CONFIG_TRACEPOINTS
/* Tasks, software interrupts, interrupts and NMIs interrupt each other in this order, and none itself. */
static __always_inline unsigned int level(void)
{
	unsigned long count = preempt_count();

	if (count & NMI_MASK)
		return 3;
	if (count & HARDIRQ_MASK)
		return 2;
	return in_serving_softirq() ? 1 : 0;
}

void notrace kmod_tracepoint_hit(struct kmod_tracepoint *probe, const u64 *words,
				 unsigned int count)
{
	u8 *busy, bit = 1 << level();

	/* Some tracepoints are hit with preemption on. */
	preempt_disable_notrace();
	busy = this_cpu_ptr(probe->busy);
	if (READ_ONCE(*busy) & bit) {
		atomic_long_inc(&probe->missed);
	} else {
		/* Who interrupts has another bit, and leaves the byte as it was. */
		WRITE_ONCE(*busy, *busy | bit);
		barrier();
		probe->hit(probe, words, count);
		barrier();
		WRITE_ONCE(*busy, *busy & ~bit);
	}
	preempt_enable_notrace();
}

struct lookup {
	const char *name;
	struct tracepoint *found;
};

static void look(struct tracepoint *point, void *data)
{
	struct lookup *lookup = data;

	if (!strcmp(point->name, lookup->name))
		lookup->found = point;
}

int kmod_tracepoint_register(struct kmod_tracepoint *probe, const char *name, void *function,
			     void (*hit)(struct kmod_tracepoint *probe, const u64 *words,
					 unsigned int count))
{
	struct lookup lookup = { .name = name };
	int error;

	/* Few are exported. */
	for_each_kernel_tracepoint(look, &lookup);
	if (!lookup.found)
		return -ENOENT;
	memset(probe, 0, sizeof(*probe));
	probe->busy = alloc_percpu(u8);
	if (!probe->busy)
		return -ENOMEM;
	probe->point = lookup.found;
	probe->function = function;
	probe->hit = hit;
	error = tracepoint_probe_register(probe->point, function, probe);
	if (error)
		free_percpu(probe->busy);
	return error;
}

void kmod_tracepoint_unregister(struct kmod_tracepoint *probe)
{
	tracepoint_probe_unregister(probe->point, probe->function, probe);
	tracepoint_synchronize_unregister();
	free_percpu(probe->busy);
}
#else
int kmod_tracepoint_register(struct kmod_tracepoint *probe, const char *name, void *function,
			     void (*hit)(struct kmod_tracepoint *probe, const u64 *words,
					 unsigned int count))
{
	return -EOPNOTSUPP;
}

void kmod_tracepoint_unregister(struct kmod_tracepoint *probe)
{
}
#endif

unsigned long kmod_tracepoint_missed(const struct kmod_tracepoint *probe)
{
	return atomic_long_read(&probe->missed);
}
