/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_KTHREAD_H
#define KMOD_KTHREAD_H

#include "../timer/gate.h"

#include <linux/sched.h>

/* A thread that may be all zeroes: it cannot be started until it is made. */
struct kmod_kthread {
	struct kmod_gate gate;
	struct task_struct *task;
	void (*body)(struct kmod_kthread *thread);
	bool wanted;  /* the body is to run once more; under the gate's lock */
	bool asked;   /* the body that runs is to return; under the gate's lock */
	bool stopped; /* for good */
};

/*
 * Makes it, on the CPU if that is not negative, and has it run "body". Sleeps. 0, or why not: -ENXIO
 * if there is no such CPU.
 */
int kmod_kthread_make(struct kmod_kthread *thread, void (*body)(struct kmod_kthread *thread),
		      const char *name, int nice, int cpu);

/* Has the body not begin any more, and tells the one that runs. */
void kmod_kthread_shut(struct kmod_kthread *thread);

/* Waits until the body does not run; after kmod_kthread_shut(). Sleeps. Not in the body. */
void kmod_kthread_end(struct kmod_kthread *thread);

/* Has the body run once more. Whether it is to now, and was not before. */
bool kmod_kthread_start(struct kmod_kthread *thread);

/* Has the body return if it runs, and not begin if it is to run. Whether the gate is open. */
bool kmod_kthread_ask(struct kmod_kthread *thread);

/* Whether the body is to return. */
bool kmod_kthread_is_stopped(const struct kmod_kthread *thread);

#endif
