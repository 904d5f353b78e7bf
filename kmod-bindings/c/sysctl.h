/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SYSCTL_H
#define KMOD_SYSCTL_H

#include <linux/sysctl.h>
#include <linux/types.h>

/* One read or write of a sysctl, as a proc_handler gets it. The buffer is kernel memory. */
struct kmod_sysctl_call {
	const struct ctl_table *table;
	int write;
	void *buffer;
	size_t *lenp;
	loff_t *ppos;
};

typedef int kmod_sysctl_handler(const struct kmod_sysctl_call *call);

/* A sysctl: an entry, and before 6.11 a second one that ends the table. */
struct kmod_sysctl {
	struct ctl_table table[2];
	struct ctl_table_header *header;
	union {
		kmod_sysctl_handler *handler;
		struct {
			int min, max;
		} ints;
		struct {
			unsigned long min, max;
		} ulongs;
	};
};

/*
 * Makes /proc/sys/DIR/NAME. The kernel says why it refuses in the log only, so each refusal is
 * -ENOMEM. May sleep.
 */
int kmod_sysctl_register(struct kmod_sysctl *sysctl, const char *dir, const char *name,
			 umode_t mode, kmod_sysctl_handler *handler);

/*
 * The same over "maxlen" bytes at "data", which the kernel's handler reads and writes by itself; the
 * bounds are inclusive, and those of the type if they are left out.
 */
int kmod_sysctl_register_int(struct kmod_sysctl *sysctl, const char *dir, const char *name,
			     umode_t mode, int *data, int maxlen);
int kmod_sysctl_register_int_range(struct kmod_sysctl *sysctl, const char *dir, const char *name,
				   umode_t mode, int *data, int maxlen, int min, int max);
int kmod_sysctl_register_ulong(struct kmod_sysctl *sysctl, const char *dir, const char *name,
			       umode_t mode, unsigned long *data, int maxlen);
int kmod_sysctl_register_ulong_range(struct kmod_sysctl *sysctl, const char *dir,
				     const char *name, umode_t mode, unsigned long *data,
				     int maxlen, unsigned long min, unsigned long max);

/* Takes it away, once no handler of it runs. May sleep. */
void kmod_sysctl_unregister(struct kmod_sysctl *sysctl);

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
