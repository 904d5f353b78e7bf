/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_RCU_H
#define KMOD_RCU_H

#include <linux/rcupdate.h>
#include <linux/srcu.h>

/*
 * Whether RCU takes a task that sleeps for one that does not read: then what it reads would be freed, if it
 * did sleep. With CONFIG_PREEMPT_RCU the kernel reports it, and waits.
 */
#ifdef CONFIG_PREEMPT_RCU
static const unsigned int KMOD_RCU_TRUSTS = 0;
#else
static const unsigned int KMOD_RCU_TRUSTS = 1;
#endif

/* Where RCU does not trust its readers. */
void kmod_rcu_read_lock(void);
void kmod_rcu_read_unlock(void);

/* Where it does, readers are counted besides. What "index" holds is given back with it. */
void kmod_rcu_read_lock_counted(struct srcu_struct *readers, int *index);
void kmod_rcu_read_unlock_counted(struct srcu_struct *readers, const int *index);

/* Readers that are counted, and may sleep; NULL without memory. Sleeps. */
struct srcu_struct *kmod_srcu_make(void);

/*
 * After all of them have left. One that has ended in a BUG does not leave: what counts it stays then, and the
 * kernel warns. Sleeps.
 */
void kmod_srcu_free(struct srcu_struct *readers);

int kmod_srcu_read_lock(struct srcu_struct *readers);
void kmod_srcu_read_unlock(struct srcu_struct *readers, int index);

#endif
