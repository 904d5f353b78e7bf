// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/cpuhotplug.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int tell(struct hlist_node *node, unsigned int what, unsigned int cpu)
{
	struct kmod_notifier *notifier = container_of(node, struct kmod_notifier, node);
	const struct kmod_event event = { .what = what, .number = cpu };

	return notifier->handler(notifier, &event);
}

static int online(unsigned int cpu, struct hlist_node *node)
{
	return tell(node, KMOD_CPU_ONLINE, cpu);
}

static int offline(unsigned int cpu, struct hlist_node *node)
{
	/* It cannot be refused: the kernel says BUG() where a state is removed. */
	tell(node, KMOD_CPU_OFFLINE, cpu);
	return 0;
}

int kmod_cpu_register(struct kmod_notifier *notifier, kmod_notified_t handler)
{
	int state, error;

	state = cpuhp_setup_state_multi(CPUHP_AP_ONLINE_DYN, THIS_MODULE->name, online, offline);
	if (state < 0)
		return state;
	notifier->state = state;
	notifier->handler = handler;
	error = cpuhp_state_add_instance(state, &notifier->node);
	if (error)
		cpuhp_remove_multi_state(state);
	return error;
}

void kmod_cpu_unregister(struct kmod_notifier *notifier)
{
	cpuhp_state_remove_instance(notifier->state, &notifier->node);
	cpuhp_remove_multi_state(notifier->state);
}
