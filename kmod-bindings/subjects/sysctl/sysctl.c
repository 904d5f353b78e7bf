// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/mm.h>

struct ctl_table_header *kmod_sysctl_register(const char *dir, const struct ctl_table *table,
					      size_t count)
{
	/* The kernel does not write to it, though only newer ones say so. */
	return kmod_compat_register_sysctl(dir, (struct ctl_table *)table, count);
}

/* The entry of a call, over another variable, without bounds. */
static struct ctl_table entry(const struct kmod_sysctl_call *call, void *data, int maxlen)
{
	return (struct ctl_table) {
		.procname = call->table->procname,
		.data = data,
		.maxlen = maxlen,
		.mode = call->table->mode,
	};
}

int kmod_sysctl_int(const struct kmod_sysctl_call *call, int *values, int maxlen, int min, int max)
{
	struct ctl_table table = entry(call, values, maxlen);

	table.extra1 = &min;
	table.extra2 = &max;
	return proc_dointvec_minmax(&table, call->write, call->buffer, call->lenp, call->ppos);
}

/* Not by proc_douintvec_minmax(): modules under every licence may have sysctls. */
int kmod_sysctl_uint(const struct kmod_sysctl_call *call, unsigned int *value, unsigned int min,
		     unsigned int max)
{
	struct ctl_table table = entry(call, value, sizeof(*value));
	loff_t pos = *call->ppos;
	int ret = proc_douintvec(&table, call->write, call->buffer, call->lenp, call->ppos);

	if (!ret && call->write && (*value < min || *value > max)) {
		*call->ppos = pos; /* a write that failed */
		return -EINVAL;
	}
	return ret;
}

int kmod_sysctl_ulong(const struct kmod_sysctl_call *call, unsigned long *values, int maxlen,
		      unsigned long min, unsigned long max)
{
	struct ctl_table table = entry(call, values, maxlen);

	table.extra1 = &min;
	table.extra2 = &max;
	return proc_doulongvec_minmax(&table, call->write, call->buffer, call->lenp, call->ppos);
}

/* What is left of a call's buffer. */
struct text {
	char *begin;
	size_t left;
};

/* Has the kernel's handler read or write digits at the beginning of the text. */
static int digits(const struct kmod_sysctl_call *call, struct text *text, loff_t *pos,
		  unsigned long *value, unsigned long max)
{
	struct ctl_table table = entry(call, value, sizeof(*value));
	size_t length = text->left;
	int ret;

	table.extra2 = &max;
	ret = proc_doulongvec_minmax(&table, call->write, text->begin, &length, pos);
	if (!ret) {
		text->begin += length;
		text->left -= length;
	}
	return ret;
}

/*
 * The kernel's handler sees the digits, and this function the sign. The kernel refuses what takes 21
 * characters with its sign.
 */
static int write_long(const struct kmod_sysctl_call *call, struct text *text, loff_t *pos,
		      long *value, long min, long max)
{
	unsigned long magnitude = ULONG_MAX; /* above the limit: stays if nothing is stored */
	unsigned long limit = LONG_MAX;
	struct text rest = *text;
	size_t length = 0;
	long new;
	int ret;

	while (rest.left && isspace(*rest.begin)) {
		rest.begin++;
		rest.left--;
	}
	if (rest.left > 1 && rest.begin[0] == '-' && isdigit(rest.begin[1])) {
		while (length < rest.left && !isspace(rest.begin[length]))
			length++;
		rest.begin++;
		rest.left--;
		limit++;
	} else {
		rest = *text; /* with its white space: nothing else is no number */
	}
	ret = digits(call, &rest, pos, &magnitude, limit);
	if (ret)
		return ret;
	if (magnitude != ULONG_MAX) {
		new = length ? -magnitude : magnitude;
		if (length > 20 || new < min || new > max)
			return -EINVAL;
		WRITE_ONCE(*value, new);
	}
	*text = rest;
	return 0;
}

static void put(struct text *text, char c)
{
	if (text->left) {
		*text->begin++ = c;
		text->left--;
	}
}

static void read_long(const struct kmod_sysctl_call *call, struct text *text, long value)
{
	unsigned long magnitude = value;
	loff_t pos = 0;

	if (value < 0) {
		magnitude = -magnitude;
		put(text, '-');
	}
	if (!text->left)
		return;
	digits(call, text, &pos, &magnitude, ULONG_MAX);
	if (text->begin[-1] == '\n') {
		text->begin--;
		text->left++;
	}
}

/* As the kernel's handlers go through a vector. */
int kmod_sysctl_long(const struct kmod_sysctl_call *call, long *values, int maxlen, long min,
		     long max)
{
	struct text text = { call->buffer, *call->lenp };
	size_t count = maxlen / sizeof(*values);
	size_t i;
	int ret = 0;

	if (!count || !*call->lenp || (*call->ppos && !call->write)) {
		*call->lenp = 0;
		return 0;
	}
	if (call->write)
		text.left = min_t(size_t, text.left, PAGE_SIZE - 1);
	for (i = 0; i < count && text.left; i++) {
		if (call->write) {
			loff_t pos = *call->ppos;

			ret = write_long(call, &text, &pos, &values[i], min, max);
			if (ret)
				break;
		} else {
			if (i)
				put(&text, '\t');
			if (text.left)
				read_long(call, &text, READ_ONCE(values[i]));
		}
	}
	if (ret && !i)
		return ret;
	if (!call->write)
		put(&text, '\n');
	*call->lenp -= text.left;
	*call->ppos += *call->lenp;
	return ret;
}

int kmod_sysctl_jiffies(const struct kmod_sysctl_call *call, int *values, int maxlen,
			unsigned int unit)
{
	struct ctl_table table = entry(call, values, maxlen);

	switch (unit) {
	case KMOD_SYSCTL_SECONDS:
		return proc_dointvec_jiffies(&table, call->write, call->buffer, call->lenp,
					     call->ppos);
	case KMOD_SYSCTL_USER_HZ:
		return proc_dointvec_userhz_jiffies(&table, call->write, call->buffer, call->lenp,
						    call->ppos);
	case KMOD_SYSCTL_MS:
		return proc_dointvec_ms_jiffies(&table, call->write, call->buffer, call->lenp,
						call->ppos);
	}
	return -EINVAL;
}

int kmod_sysctl_ms_jiffies(const struct kmod_sysctl_call *call, unsigned long *values, int maxlen,
			   unsigned long min, unsigned long max)
{
	struct ctl_table table = entry(call, values, maxlen);

	table.extra1 = &min;
	table.extra2 = &max;
	return proc_doulongvec_ms_jiffies_minmax(&table, call->write, call->buffer, call->lenp,
						 call->ppos);
}

int kmod_sysctl_string(const struct kmod_sysctl_call *call, char *data, int maxlen)
{
	struct ctl_table table = entry(call, data, maxlen);

	return proc_dostring(&table, call->write, call->buffer, call->lenp, call->ppos);
}
