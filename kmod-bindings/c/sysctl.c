// SPDX-License-Identifier: GPL-2.0-only
#include "sysctl.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysctl.h>

struct kmod_sysctl {
	/* Before 6.11 an empty entry ends the table. */
	struct ctl_table table[2];
	struct ctl_table_header *header;
};

struct kmod_sysctl *kmod_sysctl_register(const char *dir, const char *name, umode_t mode,
					 int (*handler)(const void *table, int write, void *buffer,
							size_t *lenp, loff_t *ppos))
{
	struct kmod_sysctl *sysctl = kzalloc(sizeof(*sysctl), GFP_KERNEL);

	if (!sysctl)
		return NULL;
	sysctl->table[0].procname = name;
	sysctl->table[0].mode = mode;
	/* The table's type got a const in 6.11. */
	sysctl->table[0].proc_handler = (void *)handler;
	/* register_sysctl() is a macro since the table has a size, 6.6. */
#ifdef register_sysctl
	sysctl->header = register_sysctl_sz(dir, sysctl->table, 1);
#else
	sysctl->header = register_sysctl(dir, sysctl->table);
#endif
	if (!sysctl->header) {
		kfree(sysctl);
		return NULL;
	}
	return sysctl;
}

void kmod_sysctl_unregister(struct kmod_sysctl *sysctl)
{
	unregister_sysctl_table(sysctl->header);
	kfree(sysctl);
}

/* The entry with other data. */
static struct ctl_table shadow(const struct kmod_sysctl_call *call, void *data, int size,
			       void *min, void *max)
{
	struct ctl_table table = *(const struct ctl_table *)call->table;

	table.data = data;
	table.maxlen = size;
	table.extra1 = min;
	table.extra2 = max;
	return table;
}

#define NUMBER(name, type, handler)							\
	int name(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max)	\
	{										\
		type number = *value, low = min, high = max;				\
		struct ctl_table table =						\
			shadow(call, &number, sizeof(number), &low, &high);		\
		int ret = handler(&table, call->write, call->buffer, call->lenp,	\
				  call->ppos);						\
											\
		*value = number;							\
		return ret;								\
	}

NUMBER(kmod_sysctl_int, int, proc_dointvec_minmax)
NUMBER(kmod_sysctl_uint, unsigned int, proc_douintvec_minmax)
NUMBER(kmod_sysctl_ulong, unsigned long, proc_doulongvec_minmax)

/* As proc_dobool() since 6.3; before, it was not exported or did not work. */
int kmod_sysctl_bool(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max)
{
	int number = *value;
	struct ctl_table table = shadow(call, &number, sizeof(number), NULL, NULL);
	int ret = proc_dointvec(&table, call->write, call->buffer, call->lenp, call->ppos);

	*value = !!number;
	return ret;
}

/* The kernel has no handler for signed longs. */
int kmod_sysctl_long(const struct kmod_sysctl_call *call, u64 *value, u64 min, u64 max)
{
	char text[64];
	struct ctl_table table = shadow(call, text, sizeof(text), NULL, NULL);
	s64 number;
	int ret;

	scnprintf(text, sizeof(text), "%lld", (s64)*value);
	ret = proc_dostring(&table, call->write, call->buffer, call->lenp, call->ppos);
	if (ret || !call->write)
		return ret;
	if (kstrtos64(strim(text), 0, &number) || number < (s64)min || number > (s64)max)
		return -EINVAL;
	*value = number;
	return 0;
}

int kmod_sysctl_string(const struct kmod_sysctl_call *call, char *text, size_t size)
{
	struct ctl_table table = shadow(call, text, size, NULL, NULL);

	return proc_dostring(&table, call->write, call->buffer, call->lenp, call->ppos);
}
