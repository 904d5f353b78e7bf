// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only kernels with lockdep need it. */
#include "class.h"
#include "settle.h"
#include "helpers.h"

static void initialise(struct kmod_spinlock *lock, const void *site, const char *name)
{
	spin_lock_init(&lock->lock);
	lockdep_set_class_and_name(&lock->lock, kmod_class_key(lock, site), name);
}

void kmod_spin_classify(struct kmod_spinlock *lock, const void *site, const char *name)
{
	if (!kmod_is_settled(lock))
		kmod_settle(lock, initialise(lock, site, name));
}
