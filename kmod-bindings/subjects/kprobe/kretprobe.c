// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/kretprobe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#ifdef CONFIG_KRETPROBES
/* NULL while it is being unregistered. */
static struct kmod_kretprobe *probe_of(struct kretprobe_instance *call)
{
	struct kretprobe *kretprobe = kmod_compat_get_kretprobe(call);

	return kretprobe ? container_of(kretprobe, struct kmod_kretprobe, probe) : NULL;
}
NOKPROBE_SYMBOL(probe_of);

static int entered(struct kretprobe_instance *call, struct pt_regs *regs)
{
	struct kmod_kretprobe *probe = probe_of(call);

	return !probe || !probe->entered(probe, regs, call->data);
}
NOKPROBE_SYMBOL(entered);

static int returned(struct kretprobe_instance *call, struct pt_regs *regs)
{
	struct kmod_kretprobe *probe = probe_of(call);

	if (probe)
		probe->returned(probe, regs, call->data);
	return 0;
}
NOKPROBE_SYMBOL(returned);

int kmod_kretprobe_register(struct kmod_kretprobe *probe, const char *symbol,
			    bool (*on_entry)(struct kmod_kretprobe *probe, struct pt_regs *regs,
					     void *data),
			    void (*on_return)(struct kmod_kretprobe *probe, struct pt_regs *regs,
					      const void *data),
			    int maxactive, size_t data_size)
{
	memset(probe, 0, sizeof(*probe));
	probe->entered = on_entry;
	probe->returned = on_return;
	probe->probe.kp.symbol_name = symbol;
	probe->probe.entry_handler = on_entry ? entered : NULL;
	probe->probe.handler = returned;
	probe->probe.maxactive = maxactive;
	probe->probe.data_size = data_size;
	return register_kretprobe(&probe->probe);
}

void kmod_kretprobe_unregister(struct kmod_kretprobe *probe)
{
	unregister_kretprobe(&probe->probe);
}

unsigned long kmod_kretprobe_missed(const struct kmod_kretprobe *probe)
{
	return READ_ONCE(probe->probe.kp.nmissed) + READ_ONCE(probe->probe.nmissed);
}
#else
int kmod_kretprobe_register(struct kmod_kretprobe *probe, const char *symbol,
			    bool (*on_entry)(struct kmod_kretprobe *probe, struct pt_regs *regs,
					     void *data),
			    void (*on_return)(struct kmod_kretprobe *probe, struct pt_regs *regs,
					      const void *data),
			    int maxactive, size_t data_size)
{
	return -EOPNOTSUPP;
}

void kmod_kretprobe_unregister(struct kmod_kretprobe *probe)
{
}

unsigned long kmod_kretprobe_missed(const struct kmod_kretprobe *probe)
{
	return 0;
}
#endif
