/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_WORKQUEUE_H
#define KMOD_WORKQUEUE_H

#include "../timer/gate.h"

#include <linux/workqueue.h>

/* A work that may be all zeroes: it cannot be queued until it is opened. */
struct kmod_work {
	struct work_struct work; /* the first: it is what "function" gets */
	struct kmod_gate gate;
};

void kmod_work_open(struct kmod_work *work, void (*function)(struct work_struct *work));
void kmod_work_shut(struct kmod_work *work);

/* Takes it off its queue, or waits until it does not run; after kmod_work_shut(). Sleeps. */
void kmod_work_end(struct kmod_work *work);

/* Queues it on the system's queue. KMOD_WORK_QUEUED, or why not. */
int kmod_work_queue(struct kmod_work *work);

/* Whether it is queued and does not run yet. */
bool kmod_work_is_pending(const struct kmod_work *work);

static const int KMOD_WORK_SHUT = -1;
static const int KMOD_WORK_PENDING = 0;
static const int KMOD_WORK_QUEUED = 1;

#endif
