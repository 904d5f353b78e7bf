// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file of its own: only kernels whose RCU trusts its readers need it. The index goes by its address, so that
 * these are no mere jumps, which the link would leave out: a reader of RCU is known by their names.
 */
#include "helpers.h"

void kmod_rcu_read_lock_counted(struct srcu_struct *readers, int *index)
{
	*index = srcu_read_lock(readers);
	rcu_read_lock();
}

void kmod_rcu_read_unlock_counted(struct srcu_struct *readers, const int *index)
{
	rcu_read_unlock();
	srcu_read_unlock(readers, *index);
}
