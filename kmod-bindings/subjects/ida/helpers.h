/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IDA_H
#define KMOD_IDA_H

#include <linux/idr.h>

/* A name of its own: others have the kernel's in structs of theirs. */
struct kmod_ida {
	struct ida ida;
};

/* All numbers are free. It does not move; NULL without memory. Sleeps. */
struct kmod_ida *kmod_ida_make(void);
void kmod_ida_free(struct kmod_ida *ida);

/* The least free number from "min" to "max", or a negative errno; the first may sleep. */
int kmod_ida_alloc(struct kmod_ida *ida, unsigned int min, unsigned int max);
int kmod_ida_alloc_atomic(struct kmod_ida *ida, unsigned int min, unsigned int max);

/* It is free again; the kernel warns if it was. */
void kmod_ida_put(struct kmod_ida *ida, unsigned int number);

#endif
