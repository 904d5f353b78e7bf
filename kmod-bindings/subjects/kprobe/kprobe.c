// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#ifdef CONFIG_KPROBES
static int entered(struct kprobe *kprobe, struct pt_regs *regs)
{
	struct kmod_kprobe *probe = container_of(kprobe, struct kmod_kprobe, probe);

	probe->entered(probe, regs);
	return 0;
}
NOKPROBE_SYMBOL(entered);

int kmod_kprobe_register(struct kmod_kprobe *probe, const char *symbol,
			 void (*function)(struct kmod_kprobe *probe, struct pt_regs *regs))
{
	/* What the last registration has left there would be taken for an address that was given. */
	memset(probe, 0, sizeof(*probe));
	probe->entered = function;
	probe->probe.symbol_name = symbol;
	probe->probe.pre_handler = entered;
	return register_kprobe(&probe->probe);
}

void kmod_kprobe_unregister(struct kmod_kprobe *probe)
{
	unregister_kprobe(&probe->probe);
}

unsigned long kmod_kprobe_missed(const struct kmod_kprobe *probe)
{
	return READ_ONCE(probe->probe.nmissed);
}
#else
int kmod_kprobe_register(struct kmod_kprobe *probe, const char *symbol,
			 void (*function)(struct kmod_kprobe *probe, struct pt_regs *regs))
{
	return -EOPNOTSUPP;
}

void kmod_kprobe_unregister(struct kmod_kprobe *probe)
{
}

unsigned long kmod_kprobe_missed(const struct kmod_kprobe *probe)
{
	return 0;
}
#endif

unsigned long kmod_probe_argument(struct pt_regs *regs, unsigned int n)
{
	/* Behind these it would read the stack. */
	return n < KMOD_PROBE_ARGUMENTS ? regs_get_kernel_argument(regs, n) : 0;
}

unsigned long kmod_probe_value(struct pt_regs *regs)
{
	return regs_return_value(regs);
}
