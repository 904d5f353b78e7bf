// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

void kmod_rcu_read_lock(void)
{
	rcu_read_lock();
}

void kmod_rcu_read_unlock(void)
{
	rcu_read_unlock();
}
