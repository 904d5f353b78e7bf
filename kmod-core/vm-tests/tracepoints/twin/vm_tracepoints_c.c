// SPDX-License-Identifier: GPL-2.0-only
/* The same tracepoints in C. */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <linux/uaccess.h>
#include <trace/events/signal.h>
#include <trace/events/syscalls.h>
#include <trace/events/task.h>

#define SIGNAL 42

static atomic_t hits, again, calls, renames;
static int number, group_, result_, by;
static unsigned long long watched;

static void on_signal(void *data, int sig, struct kernel_siginfo *info, struct task_struct *task,
		      int group, int result)
{
	if (sig != SIGNAL)
		return;
	atomic_inc(&hits);
	number = sig;
	group_ = group;
	result_ = result;
	by = current->tgid;
}

static void on_signal_again(void *data, int sig, struct kernel_siginfo *info,
			    struct task_struct *task, int group, int result)
{
	if (sig == SIGNAL)
		atomic_inc(&again);
}

static void on_call(void *data, struct pt_regs *regs, long id)
{
	if (watched && id == watched)
		atomic_inc(&calls);
}

static void on_rename(void *data, struct task_struct *task, const char *comm)
{
	if (!strcmp(current->comm, "before"))
		atomic_inc(&renames);
}

static struct {
	const char *name;
	void *function;
	struct tracepoint *point;
} points[] = {
	{ "signal_generate", on_signal },
	{ "signal_generate", on_signal_again },
	{ "sys_enter", on_call },
	{ "task_rename", on_rename },
};

static void look(struct tracepoint *point, void *data)
{
	int at;

	for (at = 0; at < ARRAY_SIZE(points); at++)
		if (!strcmp(point->name, points[at].name))
			points[at].point = point;
}

static int seen_show(struct seq_file *m, void *v)
{
	seq_printf(m, "signals %d of %d arguments: %d %d %d by %d\n", atomic_read(&hits),
		   atomic_read(&hits) ? 5 : 0, number, group_, result_, by);
	seq_printf(m, "again %d\n", atomic_read(&again));
	seq_printf(m, "calls %d\n", atomic_read(&calls));
	seq_printf(m, "renames %d\n", atomic_read(&renames));
	return 0;
}

static ssize_t call_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	return kstrtoull_from_user(buf, len, 0, &watched) ?: len;
}

static const struct proc_ops call_ops = { .proc_write = call_write, .proc_lseek = noop_llseek };

static int __init vm_tracepoints_c_init(void)
{
	int at;

	check_trace_callback_type_signal_generate(on_signal);
	check_trace_callback_type_sys_enter(on_call);
	check_trace_callback_type_task_rename(on_rename);
	for_each_kernel_tracepoint(look, NULL);
	for (at = 0; at < ARRAY_SIZE(points); at++)
		if (points[at].point)
			tracepoint_probe_register(points[at].point, points[at].function, NULL);
	proc_mkdir("vm_tracepoints_c", NULL);
	proc_create("vm_tracepoints_c/call", 0200, NULL, &call_ops);
	proc_create_single("vm_tracepoints_c/seen", 0444, NULL, seen_show);
	return 0;
}

static void __exit vm_tracepoints_c_exit(void)
{
	int at;

	remove_proc_subtree("vm_tracepoints_c", NULL);
	for (at = 0; at < ARRAY_SIZE(points); at++)
		if (points[at].point)
			tracepoint_probe_unregister(points[at].point, points[at].function, NULL);
	tracepoint_synchronize_unregister();
}

module_init(vm_tracepoints_c_init);
module_exit(vm_tracepoints_c_exit);
MODULE_DESCRIPTION("Handlers on tracepoints in C");
MODULE_LICENSE("GPL");
