// SPDX-License-Identifier: GPL-2.0-only
/* The objects of bench_objects, in C. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/proc_fs.h>
#include <linux/ptrace.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/tracepoint.h>
#include <linux/version.h>

#define CREATE_TRACE_POINTS
#include "bench_objects_c.h"

static unsigned int number, level;
static atomic_t heard;
static atomic_t seen;
static atomic_t returned;
static atomic_t renamed;

static int number_show(struct seq_file *seq, void *unused)
{
	seq_printf(seq, "%u\n", READ_ONCE(number));
	return 0;
}

static int number_open(struct inode *inode, struct file *file)
{
	return single_open(file, number_show, NULL);
}

static ssize_t number_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	unsigned int value;
	int ret;

	ret = kstrtouint_from_user(buf, len, 0, &value);
	if (ret)
		return ret;
	WRITE_ONCE(number, value);
	return len;
}

static const struct proc_ops number_ops = {
	.proc_open = number_open,
	.proc_read = seq_read,
	.proc_write = number_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
#define ATTRIBUTE const struct module_attribute
#else
#define ATTRIBUTE struct module_attribute
#endif

static ssize_t level_show(ATTRIBUTE *attr, struct module_kobject *module, char *page)
{
	return sysfs_emit(page, "%u\n", READ_ONCE(level));
}

static ssize_t level_store(ATTRIBUTE *attr, struct module_kobject *module, const char *text,
			   size_t len)
{
	unsigned int value;
	int ret;

	ret = kstrtouint(text, 0, &value);
	if (ret)
		return ret;
	WRITE_ONCE(level, value);
	return len;
}

static struct module_attribute level_attr = __ATTR_RW(level);

static int notified(struct notifier_block *block, unsigned long event, void *data)
{
	atomic_inc(&heard);
	return NOTIFY_DONE;
}

static struct notifier_block links = {
	.notifier_call = notified,
};

static int called(struct kprobe *probe, struct pt_regs *regs)
{
	atomic_inc(&seen);
	return 0;
}

static struct kprobe calls = {
	.symbol_name = "security_file_fcntl",
	.pre_handler = called,
};

static int return_entered(struct kretprobe_instance *call, struct pt_regs *regs)
{
	*(unsigned long *)call->data = regs_get_kernel_argument(regs, 0);
	return 0;
}

static int return_seen(struct kretprobe_instance *call, struct pt_regs *regs)
{
	if (*(unsigned long *)call->data && (int)regs_return_value(regs) == 0)
		atomic_inc(&returned);
	return 0;
}

static struct kretprobe returns = {
	.kp.symbol_name = "security_task_getpgid",
	.entry_handler = return_entered,
	.handler = return_seen,
	.data_size = sizeof(unsigned long),
};

static void on_rename(void *data, struct task_struct *task, const char *comm)
{
	if (task)
		atomic_inc(&renamed);
}

static struct tracepoint *rename_point;

static void find_rename(struct tracepoint *point, void *data)
{
	if (!strcmp(point->name, "task_rename"))
		rename_point = point;
}

/* It ends only when it is told to: nobody has to hold it for that. */
static int idle(void *unused)
{
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static int threads_open(struct inode *inode, struct file *file)
{
	struct task_struct *task = kthread_run(idle, NULL, "bench");

	if (IS_ERR(task))
		return PTR_ERR(task);
	file->private_data = task;
	return 0;
}

static int threads_release(struct inode *inode, struct file *file)
{
	kthread_stop(file->private_data);
	return 0;
}

static ssize_t threads_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	size_t turn;

	for (turn = 0; turn < len; turn++)
		trace_bench_objects_c_turn(turn, len);
	*pos += len;
	return len;
}

static const struct file_operations threads_fops = {
	.owner = THIS_MODULE,
	.open = threads_open,
	.write = threads_write,
	.release = threads_release,
};

static struct miscdevice threads = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.fops = &threads_fops,
};

static int __init bench_init(void)
{
	int ret;

	if (!proc_create(KBUILD_MODNAME, 0644, NULL, &number_ops))
		return -ENOMEM;
	ret = sysfs_create_file(&THIS_MODULE->mkobj.kobj, &level_attr.attr);
	if (ret)
		goto proc;
	ret = register_netdevice_notifier(&links);
	if (ret)
		goto sysfs;
	ret = register_kprobe(&calls);
	if (ret)
		goto notifier;
	ret = register_kretprobe(&returns);
	if (ret)
		goto probe;
	ret = -ENOENT;
	for_each_kernel_tracepoint(find_rename, NULL);
	if (!rename_point)
		goto kretprobe;
	ret = tracepoint_probe_register(rename_point, on_rename, NULL);
	if (ret)
		goto kretprobe;
	ret = misc_register(&threads);
	if (ret)
		goto tracepoint;
	return 0;

tracepoint:
	tracepoint_probe_unregister(rename_point, on_rename, NULL);
	tracepoint_synchronize_unregister();
kretprobe:
	unregister_kretprobe(&returns);
probe:
	unregister_kprobe(&calls);
notifier:
	unregister_netdevice_notifier(&links);
sysfs:
	sysfs_remove_file(&THIS_MODULE->mkobj.kobj, &level_attr.attr);
proc:
	remove_proc_entry(KBUILD_MODNAME, NULL);
	return ret;
}

static void __exit bench_exit(void)
{
	misc_deregister(&threads);
	tracepoint_probe_unregister(rename_point, on_rename, NULL);
	tracepoint_synchronize_unregister();
	unregister_kretprobe(&returns);
	unregister_kprobe(&calls);
	unregister_netdevice_notifier(&links);
	sysfs_remove_file(&THIS_MODULE->mkobj.kobj, &level_attr.attr);
	remove_proc_entry(KBUILD_MODNAME, NULL);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("A file in /proc, one in sysfs, a notifier, probes, a tracepoint, a trace event, and threads");
MODULE_LICENSE("GPL");
