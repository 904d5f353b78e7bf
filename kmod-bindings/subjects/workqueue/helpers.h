/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_WORKQUEUE_H
#define KMOD_WORKQUEUE_H

#include "../timer/gate.h"

#include <linux/workqueue.h>

/* A work that may be all zeroes: it cannot be queued until it is opened. */
struct kmod_work {
	struct work_struct work; /* the first: it is what "function" gets */
	struct kmod_gate gate;
	struct workqueue_struct *queue; /* NULL: that of schedule_work() */
};

/* On "queue"; on the system's, that of schedule_work(), if it is NULL. */
void kmod_work_open(struct kmod_work *work, void (*function)(struct work_struct *work),
		    struct workqueue_struct *queue);
void kmod_work_shut(struct kmod_work *work);

/* Takes it off its queue, or waits until it does not run; after kmod_work_shut(). Sleeps. */
void kmod_work_end(struct kmod_work *work);

/* Queues it. KMOD_WORK_QUEUED, or why not. */
int kmod_work_queue(struct kmod_work *work);

/* Whether it is queued and does not run yet. */
bool kmod_work_is_pending(const struct kmod_work *work);

/* Waits until it neither is queued nor runs. 0, or why it did not. Sleeps. */
int kmod_work_flush(struct kmod_work *work);

/* The same, for a work that is queued once some time has passed. */
struct kmod_delayed_work {
	struct delayed_work work; /* its work is the first: it is what "function" gets */
	struct kmod_gate gate;
	struct workqueue_struct *queue;
};

void kmod_delayed_work_open(struct kmod_delayed_work *work,
			    void (*function)(struct work_struct *work),
			    struct workqueue_struct *queue);
/* What is to be queued is not any more; what is on its queue may be. */
void kmod_delayed_work_shut(struct kmod_delayed_work *work);
void kmod_delayed_work_end(struct kmod_delayed_work *work);

/* Has it queued in so many jiffies, unless it is to be already: queue_delayed_work(). */
int kmod_delayed_work_queue(struct kmod_delayed_work *work, unsigned long jiffies_from_now);

/* Has it queued in so many jiffies, whatever was before: mod_delayed_work(). Whether it is open. */
bool kmod_delayed_work_arm(struct kmod_delayed_work *work, unsigned long jiffies_from_now);

/* Has it not run, if it does not run yet. Whether it was to. */
bool kmod_delayed_work_disarm(struct kmod_delayed_work *work);

bool kmod_delayed_work_is_pending(const struct kmod_delayed_work *work);

static const int KMOD_WORK_SHUT = -1;
static const int KMOD_WORK_PENDING = 0;
static const int KMOD_WORK_QUEUED = 1;

/* One of the system's queues. */
struct workqueue_struct *kmod_system_queue(unsigned int which);

static const unsigned int KMOD_QUEUE_HIGHPRI = 1;
static const unsigned int KMOD_QUEUE_LONG = 2;
static const unsigned int KMOD_QUEUE_UNBOUND = 3;
static const unsigned int KMOD_QUEUE_FREEZABLE = 4;

/* A queue of the module's own; "ordered": one work at a time, in the order of queueing. */
struct workqueue_struct *kmod_workqueue_make(const char *name, unsigned int flags, bool ordered,
					     int max_active);

/*
 * Before one waits for a work on such a queue that is to be destroyed: waits for all that are on it, if
 * that is what the kernel needs. Sleeps.
 */
void kmod_workqueue_settle(struct workqueue_struct *queue);

/* Waits for all that is on it. Sleeps. */
void kmod_workqueue_flush(struct workqueue_struct *queue);

/* What stands before a queue on which works of its own are put, each once; it may be all zeroes. */
struct kmod_queue_gate {
	struct kmod_gate gate;
};

void kmod_queue_open(struct kmod_queue_gate *gate);
void kmod_queue_shut(struct kmod_queue_gate *gate);
bool kmod_queue_is_open(const struct kmod_queue_gate *gate);

/* Makes it a work that calls "function", and queues it, if the gate is open: so long "*queue" is there. Whether. */
bool kmod_queue_run(struct kmod_queue_gate *gate, struct workqueue_struct *const *queue,
		    struct work_struct *work, void (*function)(struct work_struct *work));

static const unsigned int KMOD_WQ_UNBOUND = WQ_UNBOUND;
static const unsigned int KMOD_WQ_FREEZABLE = WQ_FREEZABLE;
static const unsigned int KMOD_WQ_MEM_RECLAIM = WQ_MEM_RECLAIM;
static const unsigned int KMOD_WQ_HIGHPRI = WQ_HIGHPRI;
static const unsigned int KMOD_WQ_CPU_INTENSIVE = WQ_CPU_INTENSIVE;
static const unsigned int KMOD_WQ_SYSFS = WQ_SYSFS;

#endif
