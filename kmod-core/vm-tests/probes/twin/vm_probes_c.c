// SPDX-License-Identifier: GPL-2.0-only
/* A function, and the same probes on it in C. */
#include <linux/delay.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/version.h>

long vm_probes_target(long a, unsigned long b, int c, unsigned char d, long e, unsigned int f);

/* How long a call takes whose second argument is 1. */
#define LONG_MS 300

long __attribute__((__noipa__))
vm_probes_target(long a, unsigned long b, int c, unsigned char d, long e, unsigned int f)
{
	/* It has a return that is not a jump, and uses what it gets. */
	barrier_data(&a);
	if (b == 1)
		msleep(LONG_MS);
	barrier();
	return a * 2;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
#define PROBE_OF(call) get_kretprobe(call)
#else
#define PROBE_OF(call) ((call)->rp)
#endif

static atomic_t entered_hits, returned_hits, mixed;
static unsigned long words[6], value, first;
static u64 comm;
static int tgid;

static int on_entry(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned int at;
	char name[TASK_COMM_LEN];

	for (at = 0; at < ARRAY_SIZE(words); at++)
		WRITE_ONCE(words[at], regs_get_kernel_argument(regs, at));
	strscpy_pad(name, current->comm, sizeof(name));
	memcpy(&comm, name, sizeof(comm));
	tgid = current->tgid;
	atomic_inc(&entered_hits);
	return 0;
}

struct kept {
	unsigned long first;
	int pid;
};

static int on_call(struct kretprobe_instance *call, struct pt_regs *regs)
{
	struct kept *kept = (void *)call->data;

	kept->first = regs_get_kernel_argument(regs, 0);
	kept->pid = current->pid;
	return kept->first == 13;
}

static int on_return(struct kretprobe_instance *call, struct pt_regs *regs)
{
	struct kept *kept = (void *)call->data;

	if (regs_return_value(regs) != kept->first * 2 || kept->pid != current->pid)
		atomic_inc(&mixed);
	WRITE_ONCE(value, regs_return_value(regs));
	WRITE_ONCE(first, kept->first);
	atomic_inc(&returned_hits);
	return 0;
}

static struct kprobe probe = { .symbol_name = "vm_probes_target", .pre_handler = on_entry };
static struct kretprobe returns = {
	.kp.symbol_name = "vm_probes_target", .entry_handler = on_call, .handler = on_return,
	.maxactive = 2, .data_size = sizeof(struct kept),
};

static int seen_show(struct seq_file *m, void *v)
{
	unsigned int at;

	seq_printf(m, "entered %d", atomic_read(&entered_hits));
	for (at = 0; at < ARRAY_SIZE(words); at++)
		seq_printf(m, " %lx", words[at]);
	seq_printf(m, " by %llx %d\n", comm, tgid);
	seq_printf(m, "returned %d %lx of %lx mixed %d\n", atomic_read(&returned_hits), value, first,
		   atomic_read(&mixed));
	seq_printf(m, "missed %lu %lu\n", probe.nmissed, returns.kp.nmissed + returns.nmissed);
	return 0;
}

/* A probe on any address, that of a handler for example. */
static atomic_t others;

static int on_other(struct kprobe *kprobe, struct pt_regs *regs)
{
	atomic_inc(&others);
	return 0;
}

static struct kprobe other = { .pre_handler = on_other };
static bool has_other;

static ssize_t other_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	unsigned long address;
	int error = kstrtoul_from_user(buf, len, 16, &address);

	if (error)
		return error;
	if (has_other)
		unregister_kprobe(&other);
	memset(&other, 0, sizeof(other));
	other.pre_handler = on_other;
	other.addr = (kprobe_opcode_t *)address;
	error = address ? register_kprobe(&other) : 0;
	has_other = address && !error;
	return error ?: len;
}

static int other_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d %lu\n", atomic_read(&others), other.nmissed);
	return 0;
}

static int other_open(struct inode *inode, struct file *file)
{
	return single_open(file, other_show, NULL);
}

static ssize_t call_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	char text[160] = {};
	long a, e;
	unsigned long b;
	int c;
	unsigned int d, f;

	if (len >= sizeof(text) || copy_from_user(text, buf, len))
		return -EFAULT;
	if (sscanf(text, "%ld %lu %d %u %ld %u", &a, &b, &c, &d, &e, &f) != 6)
		return -EINVAL;
	return vm_probes_target(a, b, c, d, e, f) == a * 2 ? len : -EIO;
}

static const struct proc_ops call_ops = { .proc_write = call_write, .proc_lseek = noop_llseek };
static const struct proc_ops other_ops = {
	.proc_open = other_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = other_write,
};

static int __init vm_probes_c_init(void)
{
	int error = register_kprobe(&probe);

	if (error)
		return error;
	error = register_kretprobe(&returns);
	if (error) {
		unregister_kprobe(&probe);
		return error;
	}
	proc_mkdir("vm_probes_c", NULL);
	proc_create("vm_probes_c/call", 0200, NULL, &call_ops);
	proc_create("vm_probes_c/other", 0644, NULL, &other_ops);
	proc_create_single("vm_probes_c/seen", 0444, NULL, seen_show);
	return 0;
}

static void __exit vm_probes_c_exit(void)
{
	remove_proc_subtree("vm_probes_c", NULL);
	if (has_other)
		unregister_kprobe(&other);
	unregister_kretprobe(&returns);
	unregister_kprobe(&probe);
}

module_init(vm_probes_c_init);
module_exit(vm_probes_c_exit);
MODULE_DESCRIPTION("A function, and probes on it in C");
MODULE_LICENSE("GPL");
