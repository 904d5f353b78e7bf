// SPDX-License-Identifier: GPL-2.0-only
#include "class.h"
#include "settle.h"
#include "helpers.h"

void kmod_rwsem_settle(struct kmod_rwsem *rwsem, const void *site, const char *name)
{
	kmod_settle(rwsem, __init_rwsem(&rwsem->sem, name, kmod_class_key(rwsem, site)));
}
