// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only kernels without SMP need it. */
#include "helpers.h"

bool kmod_spin_hold(struct kmod_spinlock *lock)
{
	bool was_held = false;

#ifdef KMOD_SPINLOCK_HELD
	was_held = lock->held;
	lock->held = true;
#endif
	return !was_held;
}
