/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CLASS_H
#define KMOD_CLASS_H

#include <linux/device.h>

/* The name of a class's device: with a number between the parts, or "before" alone if "after" is NULL. */
struct kmod_class_name {
	const char *before;
	const char *after;
	unsigned int index;
};

/* It as a string, to be freed by kfree(); NULL for want of memory. */
char *kmod_class_name_make(const struct kmod_class_name *name);

#endif
