// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../sleeper/helpers.h"

#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

/*
 * Whether the body is to run, which it does then. Once the module goes, all sleeps end at once, also
 * those in devices that are still there: a body that begins again would have nothing to wait for.
 */
static bool take(struct kmod_kthread *thread)
{
	unsigned long flags;
	bool taken;

	raw_spin_lock_irqsave(&thread->gate.lock, flags);
	taken = thread->wanted && thread->gate.open;
	thread->wanted = false;
	WRITE_ONCE(thread->asked, false);
	raw_spin_unlock_irqrestore(&thread->gate.lock, flags);
	return taken && !kmod_is_to_leave();
}

/* It stays between two runs of the body, and returns only to who waits for that. */
static int run(void *data)
{
	struct kmod_kthread *thread = data;

	for (;;) {
		set_current_state(TASK_IDLE);
		if (take(thread)) {
			__set_current_state(TASK_RUNNING);
			thread->body(thread);
			cond_resched();
			continue;
		}
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

int kmod_kthread_make(struct kmod_kthread *thread, void (*body)(struct kmod_kthread *thread),
		      const char *name, int nice, int cpu)
{
	struct task_struct *task;

	if (cpu >= 0 && (cpu >= nr_cpu_ids || !cpu_online(cpu)))
		return -ENXIO;
	task = kthread_create(run, thread, "%s", name);
	if (IS_ERR(task))
		return PTR_ERR(task);
	/* A body that panics ends the task before anybody waits for it. */
	get_task_struct(task);
	if (cpu >= 0)
		kthread_bind(task, cpu);
	if (nice)
		set_user_nice(task, nice);
	thread->task = task;
	thread->body = body;
	thread->wanted = true;
	kmod_gate_open(&thread->gate);
	wake_up_process(task);
	return 0;
}

void kmod_kthread_shut(struct kmod_kthread *thread)
{
	kmod_gate_shut(&thread->gate);
	WRITE_ONCE(thread->stopped, true);
}

void kmod_kthread_end(struct kmod_kthread *thread)
{
	kthread_stop(thread->task);
	put_task_struct(thread->task);
}

bool kmod_kthread_start(struct kmod_kthread *thread)
{
	bool started = false;

	kmod_gate_pass(&thread->gate, {
		started = !thread->wanted;
		thread->wanted = true;
		wake_up_process(thread->task);
	});
	return started;
}

bool kmod_kthread_ask(struct kmod_kthread *thread)
{
	return kmod_gate_pass(&thread->gate, {
		thread->wanted = false;
		WRITE_ONCE(thread->asked, true);
	});
}

bool kmod_kthread_is_stopped(const struct kmod_kthread *thread)
{
	/* From when its sleeps end at once, too. */
	return READ_ONCE(thread->stopped) || READ_ONCE(thread->asked) || kmod_is_to_leave();
}
