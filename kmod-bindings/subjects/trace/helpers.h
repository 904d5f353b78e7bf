/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_TRACE_H
#define KMOD_TRACE_H

#include <linux/atomic.h>
#include <linux/jump_label.h>
#include <linux/percpu.h>
#include <linux/tracepoint-defs.h>
#include <linux/types.h>

/* Whether the kernel has tracepoints, and where one has the static key that says whether it is on. */
#ifdef CONFIG_TRACEPOINTS
static const unsigned int KMOD_TRACEPOINTS = 1;
#else
static const unsigned int KMOD_TRACEPOINTS = 0;
#endif
static const unsigned long KMOD_TRACEPOINT_KEY = offsetof(struct tracepoint, key);

/* Whether branches of a static key are told of by three offsets each. */
#if defined(CONFIG_TRACEPOINTS) && defined(CONFIG_JUMP_LABEL) && \
	defined(CONFIG_HAVE_ARCH_JUMP_LABEL_RELATIVE)
static const unsigned int KMOD_TRACEPOINT_BRANCH = 1;
#else
static const unsigned int KMOD_TRACEPOINT_BRANCH = 0;
#endif

/* Whether somebody traces it: for kernels without such branches. */
bool kmod_tracepoint_is_on(const struct tracepoint *point);

/* A handler on one of the kernel's tracepoints. */
struct kmod_tracepoint {
	struct tracepoint *point;
	void *function;
	void (*hit)(struct kmod_tracepoint *probe, const u64 *words, unsigned int count);
	/* Of each CPU, what the handler runs in: a bit for each of what interrupts the others. */
	u8 __percpu *busy;
	atomic_long_t missed;
};

/*
 * Has the kernel call "function", which is of that tracepoint's prototype, with the probe before the arguments;
 * it calls kmod_tracepoint_hit(), and that "hit", unless it runs there already. -ENOENT if the kernel itself has no
 * such tracepoint, -EOPNOTSUPP if it has none at all.
 */
int kmod_tracepoint_register(struct kmod_tracepoint *probe, const char *name, void *function,
			     void (*hit)(struct kmod_tracepoint *probe, const u64 *words,
					 unsigned int count));
void kmod_tracepoint_hit(struct kmod_tracepoint *probe, const u64 *words, unsigned int count);

/* Waits until no handler runs. */
void kmod_tracepoint_unregister(struct kmod_tracepoint *probe);

/* How often "hit" was not called. */
unsigned long kmod_tracepoint_missed(const struct kmod_tracepoint *probe);

#endif
