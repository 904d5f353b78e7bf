/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYSCTL_H
#define KMOD_SYSCTL_H

#include <linux/sysctl.h>
#include <linux/types.h>

#include "../../compat/sysctl.h"

/* One read or write of a sysctl, as a proc_handler gets it. The buffer is kernel memory. */
struct kmod_sysctl_call {
	const struct ctl_table *table;
	int write;
	void *buffer;
	size_t *lenp;
	loff_t *ppos;
};

/* A table's entries behind those that it has: one, where that is how the kernel finds its end. */
enum { KMOD_SYSCTL_END = KMOD_COMPAT_SYSCTL_END };

/* What proc_dobool() wants for "maxlen" to work on one bool; 0 where there is no such function. */
enum { KMOD_SYSCTL_BOOL_LEN = KMOD_COMPAT_SYSCTL_BOOL_LEN };

/*
 * Makes a file of each of the "count" entries, in /proc/sys/DIR. The kernel says why it refuses in
 * the log only, by returning NULL. May sleep.
 */
struct ctl_table_header *kmod_sysctl_register(const char *dir, const struct ctl_table *table,
					      size_t count);

/*
 * The kernel's own handlers over variables that are not the table's: "maxlen" bytes of them. The two
 * bounds are inclusive; a value outside of them is -EINVAL. "unsigned int" is one value, as the
 * kernel has it. "long" has no handler in the kernel: it behaves as the others.
 */
int kmod_sysctl_int(const struct kmod_sysctl_call *call, int *values, int maxlen, int min, int max);
int kmod_sysctl_uint(const struct kmod_sysctl_call *call, unsigned int *value, unsigned int min,
		     unsigned int max);
int kmod_sysctl_ulong(const struct kmod_sysctl_call *call, unsigned long *values, int maxlen,
		      unsigned long min, unsigned long max);
int kmod_sysctl_long(const struct kmod_sysctl_call *call, long *values, int maxlen, long min,
		     long max);

/* What the file of a variable in jiffies shows. */
enum {
	KMOD_SYSCTL_SECONDS,
	KMOD_SYSCTL_USER_HZ,
	KMOD_SYSCTL_MS,
};

int kmod_sysctl_jiffies(const struct kmod_sysctl_call *call, int *values, int maxlen,
			unsigned int unit);

/* The same for "unsigned long", in milliseconds; the bounds are in jiffies. */
int kmod_sysctl_ms_jiffies(const struct kmod_sysctl_call *call, unsigned long *values, int maxlen,
			   unsigned long min, unsigned long max);

/* proc_dostring() over "maxlen" bytes that hold a C string. */
int kmod_sysctl_string(const struct kmod_sysctl_call *call, char *data, int maxlen);

#endif
