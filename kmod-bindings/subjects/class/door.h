/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CLASS_DOOR_H
#define KMOD_CLASS_DOOR_H

#include <linux/atomic.h>
#include <linux/sched.h>

/*
 * As kmod_class_gate, for calls of a class that may call back into the module, around which no lock can be held:
 * who is inside is counted. It is closed when it is all zeroes, and when it has been moved; once it was shut it is
 * not opened any more.
 */
struct kmod_class_door {
	const struct kmod_class_door *home; /* where it was opened */
	atomic_t inside;
	atomic_t state;
};

enum { KMOD_DOOR_CLOSED, KMOD_DOOR_OPEN, KMOD_DOOR_SHUT };

/* Of a door that was not opened before: it opens a closed one, and no other. */
static inline void kmod_class_door_open(struct kmod_class_door *door)
{
	smp_store_release(&door->home, door);
	atomic_cmpxchg(&door->state, KMOD_DOOR_CLOSED, KMOD_DOOR_OPEN);
}

/* Nobody goes in any more. */
static inline void kmod_class_door_shut(struct kmod_class_door *door)
{
	atomic_set(&door->state, KMOD_DOOR_SHUT);
}

/* Waits for who is inside. Sleeps. */
static inline void kmod_class_door_empty(struct kmod_class_door *door)
{
	smp_mb(); /* who came in before the door was shut is seen: pairs with that of kmod_class_door_pass() */
	while (atomic_read(&door->inside))
		schedule_timeout_uninterruptible(1);
	smp_mb(); /* and what was done inside */
}

/* Does "call" if the door is open; whether it was. */
#define kmod_class_door_pass(door, call)						\
	({										\
		bool passed;								\
											\
		atomic_inc(&(door)->inside);						\
		smp_mb__after_atomic();							\
		passed = smp_load_acquire(&(door)->home) == (door) &&			\
			 atomic_read(&(door)->state) == KMOD_DOOR_OPEN;			\
		if (passed)								\
			call;								\
		smp_mb__before_atomic();						\
		atomic_dec(&(door)->inside);						\
		passed;									\
	})

#endif
