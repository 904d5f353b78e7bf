// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: only kernels with lockdep need it. */
#include <linux/hash.h>
#include <linux/log2.h>

#include "class.h"
#include "helpers.h"

/* A module's mutexes that lockdep is told of are of so many classes; it is not told of others. */
#define CLASSES 64

/*
 * What lockdep notes of a lock that is held points here, into the module's own memory: the mutex itself
 * may go while it is held, if its guard was forgotten. A class that is here stays.
 */
static struct {
	const void *key;
	struct lockdep_map map;
} known[CLASSES];

/* Where a class is in the table, or an empty place of it; CLASSES if it is full of others. */
static unsigned int find(const void *key)
{
	unsigned int first = hash_ptr(key, ilog2(CLASSES));
	unsigned int tried;

	for (tried = 0; tried < CLASSES; tried++) {
		unsigned int at = (first + tried) % CLASSES;
		const void *found = smp_load_acquire(&known[at].key);

		if (!found || found == key)
			return at;
	}
	return CLASSES;
}

static struct lockdep_map *map_of(const void *mutex, const void *site, const char *name)
{
	static DEFINE_RAW_SPINLOCK(adding);
	struct lock_class_key *key = kmod_class_key(mutex, site);
	unsigned int at = find(key);
	unsigned long flags;

	if (at < CLASSES && !smp_load_acquire(&known[at].key)) {
		raw_spin_lock_irqsave(&adding, flags);
		/* Others may have come first, to this place, too. */
		at = find(key);
		if (at < CLASSES && !known[at].key) {
			lockdep_init_map_wait(&known[at].map, name, key, 0, LD_WAIT_SLEEP);
			smp_store_release(&known[at].key, key);
		}
		raw_spin_unlock_irqrestore(&adding, flags);
	}
	return at < CLASSES ? &known[at].map : NULL;
}

void kmod_mutex_acquire(const void *mutex, const void *site, const char *name, bool tries)
{
	struct lockdep_map *map = map_of(mutex, site, name);

	if (map)
		lock_acquire(map, 0, tries, 0, 1, NULL, _RET_IP_);
}

void kmod_mutex_release(const void *mutex, const void *site, const char *name)
{
	struct lockdep_map *map = map_of(mutex, site, name);

	if (map)
		lock_release(map, _RET_IP_);
}
