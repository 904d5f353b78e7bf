// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>

struct pid *kmod_pid_current(void)
{
	return get_pid(task_tgid(current));
}

struct pid *kmod_pid_find(int number)
{
	return find_get_pid(number);
}

int kmod_pid_nr(struct pid *pid)
{
	return pid_nr(pid);
}

int kmod_pid_signal(struct pid *pid, int signal)
{
	struct task_struct *task;
	bool is_init;

	/* What the kernel sends is not ignored: it would end the system with its first process. */
	rcu_read_lock();
	task = pid_task(pid, PIDTYPE_PID);
	is_init = task && is_global_init(task);
	rcu_read_unlock();
	if (is_init)
		return -EPERM;
	return kill_pid(pid, signal, 1);
}

void kmod_pid_get(struct pid *pid)
{
	get_pid(pid);
}

void kmod_pid_put(struct pid *pid)
{
	put_pid(pid);
}
