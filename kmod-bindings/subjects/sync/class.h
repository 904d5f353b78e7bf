/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CLASS_H
#define KMOD_CLASS_H

#include <linux/lockdep.h>
#include <linux/module.h>

/*
 * What lockdep knows the class of a lock by: only the address counts. It takes those that are part of
 * a module that is there.
 */
static inline struct lock_class_key *kmod_class_key(const void *lock, const void *site)
{
	return (void *)(within_module((unsigned long)lock, THIS_MODULE) ? lock : site);
}

#endif
