// SPDX-License-Identifier: GPL-2.0-only
/* The same trace events in C. */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define CREATE_TRACE_POINTS
#include "vm_trace_c.h"

static atomic_t made;

static ssize_t values_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	s64 number;
	int error = kstrtos64_from_user(buf, len, 0, &number);

	if (error)
		return error;
	if (trace_vm_trace_c_values_enabled())
		atomic_inc(&made);
	trace_vm_trace_c_values(number);
	return len;
}

static ssize_t arrays_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	s64 number;
	int error = kstrtos64_from_user(buf, len, 0, &number);

	if (error)
		return error;
	trace_vm_trace_c_arrays(number);
	return len;
}

static ssize_t texts_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	char text[513] = {};

	len = min_t(size_t, len, 512);
	if (copy_from_user(text, buf, len))
		return -EFAULT;
	trace_vm_trace_c_texts(text, len);
	return len;
}

static void nested(u32 depth)
{
	if (depth) {
		trace_vm_trace_c_nested(depth - 1);
		trace_vm_trace_c_inner(depth - 1);
	}
	trace_vm_trace_c_nested(depth);
}

static ssize_t nested_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	u32 depth;
	int error = kstrtou32_from_user(buf, len, 0, &depth);

	if (error)
		return error;
	if (trace_vm_trace_c_nested_enabled())
		nested(depth);
	return len;
}

static int made_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", atomic_read(&made));
	return 0;
}

static const struct proc_ops values_ops = {
	.proc_write = values_write, .proc_lseek = noop_llseek,
};
static const struct proc_ops arrays_ops = {
	.proc_write = arrays_write, .proc_lseek = noop_llseek,
};
static const struct proc_ops texts_ops = {
	.proc_write = texts_write, .proc_lseek = noop_llseek,
};
static const struct proc_ops nested_ops = {
	.proc_write = nested_write, .proc_lseek = noop_llseek,
};

static int __init vm_trace_c_init(void)
{
	trace_vm_trace_c_gone(0);
	proc_mkdir("vm_trace_c", NULL);
	proc_create("vm_trace_c/values", 0200, NULL, &values_ops);
	proc_create("vm_trace_c/arrays", 0200, NULL, &arrays_ops);
	proc_create("vm_trace_c/texts", 0200, NULL, &texts_ops);
	proc_create("vm_trace_c/nested", 0200, NULL, &nested_ops);
	proc_create_single("vm_trace_c/made", 0444, NULL, made_show);
	return 0;
}

static void __exit vm_trace_c_exit(void)
{
	remove_proc_subtree("vm_trace_c", NULL);
	trace_vm_trace_c_gone(1);
}

module_init(vm_trace_c_init);
module_exit(vm_trace_c_exit);
MODULE_DESCRIPTION("Trace events in C");
MODULE_LICENSE("GPL");
