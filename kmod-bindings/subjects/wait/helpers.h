/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_WAIT_H
#define KMOD_WAIT_H

#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/wait.h>

static const unsigned int KMOD_TASK_INTERRUPTIBLE = TASK_INTERRUPTIBLE;
static const unsigned int KMOD_TASK_IDLE = TASK_IDLE;
static const unsigned int KMOD_TASK_KILLABLE = TASK_KILLABLE;
static const unsigned int KMOD_TASK_UNINTERRUPTIBLE = TASK_UNINTERRUPTIBLE;
static const unsigned int KMOD_TASK_NORMAL = TASK_NORMAL;
static const unsigned int KMOD_EPOLLIN = (__force unsigned int)EPOLLIN;
static const unsigned int KMOD_EPOLLPRI = (__force unsigned int)EPOLLPRI;
static const unsigned int KMOD_EPOLLOUT = (__force unsigned int)EPOLLOUT;
static const unsigned int KMOD_EPOLLERR = (__force unsigned int)EPOLLERR;
static const unsigned int KMOD_EPOLLHUP = (__force unsigned int)EPOLLHUP;
static const unsigned int KMOD_EPOLLRDNORM = (__force unsigned int)EPOLLRDNORM;
static const unsigned int KMOD_EPOLLRDBAND = (__force unsigned int)EPOLLRDBAND;
static const unsigned int KMOD_EPOLLWRNORM = (__force unsigned int)EPOLLWRNORM;
static const unsigned int KMOD_EPOLLWRBAND = (__force unsigned int)EPOLLWRBAND;
static const unsigned int KMOD_EPOLLMSG = (__force unsigned int)EPOLLMSG;
static const unsigned int KMOD_EPOLLRDHUP = (__force unsigned int)EPOLLRDHUP;
static const long KMOD_MAX_SCHEDULE_TIMEOUT = MAX_SCHEDULE_TIMEOUT;

/*
 * A wait queue that may be all zeroes, and that may have been moved since it was last used, as
 * long as nothing was queued in it. It counts how often it was woken: that is all that its
 * sleepers look at.
 */
struct kmod_wait_queue {
	wait_queue_head_t head;
	const struct kmod_wait_queue *home; /* where `head` was initialised */
	atomic_long_t wakes;
};

/*
 * As kmod_spin_classify(), for the lock in the queue. Before kmod_wait_queue_wait() and
 * kmod_poll_wait(), on kernels with KMOD_LOCK_CLASSES.
 */
void kmod_wait_queue_classify(struct kmod_wait_queue *queue, const void *site, const char *name);

/* How often it was woken. What was changed before a wake-up that is counted is visible. */
unsigned long kmod_wait_queue_wakes(const struct kmod_wait_queue *queue);

/*
 * Sleeps until the count is not "seen" any more. Returns the rest of the timeout, in jiffies and
 * at least 1; 0 if that is over; -ERESTARTSYS if a signal came that ends sleeps in "state"; -ENODEV
 * if what the running handler belongs to is taken away.
 */
long kmod_wait_queue_wait(struct kmod_wait_queue *queue, unsigned long seen, unsigned int state,
			  bool exclusive, long timeout);

/*
 * Counts, and wakes all that sleep in a state of "mode" and are not exclusive, and "nr" of those
 * that are (0: all). "events" is what a poll learns, 0 if it is to ask.
 */
void kmod_wait_queue_wake(struct kmod_wait_queue *queue, unsigned int mode, int nr,
			  unsigned int events);

/* poll_wait(): "queue" stays where it is until the file is released. */
void kmod_poll_wait(struct file *file, struct kmod_wait_queue *queue,
		    struct poll_table_struct *table);

/* The jiffies of a timeout, rounded up. */
long kmod_timeout(unsigned int msecs);

#endif
