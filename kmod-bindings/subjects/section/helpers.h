/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SECTION_H
#define KMOD_SECTION_H

#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

/*
 * The calls that are inside an instance: handlers of a device that may be taken away while its files
 * are open. A task that is inside may sleep.
 */
struct kmod_sections {
	raw_spinlock_t lock;
	bool closed;
	struct list_head inside;
	struct task_struct *closer; /* who waits until all have left */
	struct list_head others;    /* among the module's instances */
};

/* One call. It stays where it is until the call has left. */
struct kmod_section {
	struct list_head others;
	struct task_struct *task;
};

/* To be called once, before anything else, where "sections" stays. */
void kmod_sections_open(struct kmod_sections *sections);

/* Goes inside. False if the instance is closed. Process context. */
bool kmod_section_enter(struct kmod_sections *sections, struct kmod_section *section);
void kmod_section_leave(struct kmod_sections *sections, struct kmod_section *section);

/*
 * Lets nobody in any more, and ends with -ENODEV what those who are inside sleep in
 * (kmod_wait_queue_wait()). It may be called again until kmod_sections_drain() is.
 */
void kmod_sections_close(struct kmod_sections *sections);

/* Waits until nobody is inside. After kmod_sections_close(), once. Sleeps. */
void kmod_sections_drain(struct kmod_sections *sections);

/* The running task will not come back to where it is inside: it panics. */
void kmod_sections_abandon(void);

#endif
