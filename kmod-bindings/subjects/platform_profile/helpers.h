/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PLATFORM_PROFILE_H
#define KMOD_PLATFORM_PROFILE_H

#include <linux/device.h>
#include <linux/workqueue.h>

#include "../class/gate.h"
#include "../class/helpers.h"

/* The profiles that all kernels have which have any, by numbers of ours. */
#define KMOD_PROFILE_LOW_POWER 0
#define KMOD_PROFILE_COOL 1
#define KMOD_PROFILE_QUIET 2
#define KMOD_PROFILE_BALANCED 3
#define KMOD_PROFILE_BALANCED_PERFORMANCE 4
#define KMOD_PROFILE_PERFORMANCE 5
#define KMOD_PROFILE_END 6

/* Each gets the data. */
struct kmod_platform_profile_ops {
	int (*profile_get)(void *data); /* a number of the above, or an errno */
	int (*profile_set)(void *data, unsigned int profile);
};

/* What the kernel has of it, in the form of this kernel. */
struct kmod_platform_profile_kernel;

/* One that may be all zeroes: nobody is told of changes until it is made. */
struct kmod_platform_profile {
	struct kmod_class_gate gate;
	struct kmod_platform_profile_kernel *kernel;
	const struct kmod_platform_profile_ops *ops;
	void *data;
	char *name;
	struct work_struct changed;
};

/* Registers one below "parent", of which user space has the choices whose bits are set. */
int kmod_platform_profile_make(struct kmod_platform_profile *profile, struct device *parent,
			       const struct kmod_class_name *name, unsigned int choices,
			       const struct kmod_platform_profile_ops *ops, void *data);

/* Nobody is told of changes any more. */
void kmod_platform_profile_shut(struct kmod_platform_profile *profile);

/* Takes it back, and waits for its functions. Sleeps. After kmod_platform_profile_shut(). */
void kmod_platform_profile_end(struct kmod_platform_profile *profile);

/* platform_profile_notify(), soon. May be called anywhere, also by its own functions. */
void kmod_platform_profile_notify(struct kmod_platform_profile *profile);

#endif
