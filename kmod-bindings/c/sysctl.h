/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYSCTL_H
#define KMOD_SYSCTL_H

#include <linux/types.h>

struct kmod_sysctl;

/* What a proc_handler is called with. */
struct kmod_sysctl_call {
	const void *table;
	int write;
	void *buffer;
	size_t *lenp;
	loff_t *ppos;
};

/*
 * Makes DIR/NAME below /proc/sys, with HANDLER for its proc_handler; NULL when
 * the kernel refuses. NAME is not copied.
 */
struct kmod_sysctl *kmod_sysctl_register(const char *dir, const char *name, umode_t mode,
					 int (*handler)(const void *table, int write, void *buffer,
							size_t *lenp, loff_t *ppos));

/* Waits for the handlers that still run. */
void kmod_sysctl_unregister(struct kmod_sysctl *sysctl);

/*
 * The kernel's handlers, on a number or text of the caller's. Numbers are passed
 * as 64 bits, whatever the handler knows.
 */
int kmod_sysctl_bool(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max);
int kmod_sysctl_int(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max);
int kmod_sysctl_uint(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max);
int kmod_sysctl_long(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max);
int kmod_sysctl_ulong(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max);
int kmod_sysctl_string(const struct kmod_sysctl_call *call, char *text, size_t size);

#endif
