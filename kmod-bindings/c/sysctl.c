// SPDX-License-Identifier: GPL-2.0-only
#include "sysctl.h"
#include "compat.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>

static int handle(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos)
{
	const struct kmod_sysctl_call call = { table, write, buffer, lenp, ppos };

	return container_of(table, const struct kmod_sysctl, table[0])->handler(&call);
}

static int __maybe_unused handle_plain(struct ctl_table *table, int write, void *buffer,
				       size_t *lenp, loff_t *ppos)
{
	return handle(table, write, buffer, lenp, ppos);
}

static int __maybe_unused handle_const(const struct ctl_table *table, int write, void *buffer,
				       size_t *lenp, loff_t *ppos)
{
	return handle(table, write, buffer, lenp, ppos);
}

int kmod_sysctl_register(struct kmod_sysctl *sysctl, const char *dir, const char *name,
			 umode_t mode, kmod_sysctl_handler *handler)
{
	*sysctl = (struct kmod_sysctl) {
		.table[0] = {
			.procname = name,
			.mode = mode,
			.proc_handler = kmod_compat_proc_handler(handle_plain, handle_const),
		},
		.handler = handler,
	};
	sysctl->header = kmod_compat_register_sysctl(dir, sysctl->table);
	return sysctl->header ? 0 : -ENOMEM;
}

void kmod_sysctl_unregister(struct kmod_sysctl *sysctl)
{
	unregister_sysctl_table(sysctl->header);
	sysctl->header = NULL;
}

/* The entry of a call, over another variable. */
static struct ctl_table entry(const struct kmod_sysctl_call *call, void *data, int maxlen)
{
	struct ctl_table entry = *call->table;

	entry.data = data;
	entry.maxlen = maxlen;
	return entry;
}

int kmod_sysctl_int(const struct kmod_sysctl_call *call, int *value, int min, int max)
{
	struct ctl_table table = entry(call, value, sizeof(*value));

	table.extra1 = &min;
	table.extra2 = &max;
	return proc_dointvec_minmax(&table, call->write, call->buffer, call->lenp, call->ppos);
}

/* Not by proc_douintvec_minmax(): modules under every licence may have sysctls. */
int kmod_sysctl_uint(const struct kmod_sysctl_call *call, unsigned int *value, unsigned int min,
		     unsigned int max)
{
	struct ctl_table table = entry(call, value, sizeof(*value));
	int ret = proc_douintvec(&table, call->write, call->buffer, call->lenp, call->ppos);

	if (!ret && call->write && (*value < min || *value > max))
		return -EINVAL;
	return ret;
}

int kmod_sysctl_ulong(const struct kmod_sysctl_call *call, unsigned long *value, unsigned long min,
		      unsigned long max)
{
	struct ctl_table table = entry(call, value, sizeof(*value));

	table.extra1 = &min;
	table.extra2 = &max;
	return proc_doulongvec_minmax(&table, call->write, call->buffer, call->lenp, call->ppos);
}

/* The kernel's handler sees the digits, and this one the sign. */
int kmod_sysctl_long(const struct kmod_sysctl_call *call, long *value, long min, long max)
{
	char *text = call->buffer;
	unsigned long limit = LONG_MAX;
	unsigned long magnitude = *value;
	size_t signs = 0;
	size_t rest;
	bool negative;
	int ret;
	struct ctl_table table = entry(call, &magnitude, sizeof(magnitude));

	if (!*call->lenp || (*call->ppos && !call->write)) {
		*call->lenp = 0;
		return 0;
	}
	if (call->write) {
		size_t sign = 0;

		while (sign < *call->lenp && isspace(text[sign]))
			sign++;
		negative = *call->lenp - sign > 1 && text[sign] == '-';
		if (negative) {
			signs = sign + 1;
			limit++;
			if (!isdigit(text[signs]))
				return -EINVAL;
		}
		magnitude = ULONG_MAX; /* above the limit: stays if nothing is stored */
	} else {
		negative = *value < 0;
		if (negative) {
			magnitude = -magnitude;
			text[signs++] = '-';
		}
		limit = ULONG_MAX;
	}

	rest = *call->lenp - signs;
	table.extra2 = &limit;
	ret = proc_doulongvec_minmax(&table, call->write, text + signs, &rest, call->ppos);
	*call->lenp = rest + signs;
	*call->ppos += signs;
	if (ret || !call->write || magnitude == ULONG_MAX)
		return ret;
	if (negative)
		magnitude = -magnitude;
	if ((long)magnitude < min || (long)magnitude > max)
		return -EINVAL;
	*value = magnitude;
	return 0;
}

int kmod_sysctl_string(const struct kmod_sysctl_call *call, char *data, int maxlen)
{
	struct ctl_table table = entry(call, data, maxlen);

	return proc_dostring(&table, call->write, call->buffer, call->lenp, call->ppos);
}
