// SPDX-License-Identifier: GPL-2.0-only
/* The errands example in C. */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

#define LINE_MAX 64
#define BAG 256

struct errand {
	struct work_struct work;
	size_t len;
	char line[];
};

static struct workqueue_struct *errands;
static DEFINE_MUTEX(bag_lock);
static char bag[BAG];
static size_t bag_len;

static void fetch(struct work_struct *work)
{
	struct errand *errand = container_of(work, struct errand, work);

	usleep_range(2000, 4000);
	mutex_lock(&bag_lock);
	/* What does not fit stays at the shop. */
	if (bag_len + errand->len <= BAG) {
		memcpy(bag + bag_len, errand->line, errand->len);
		bag_len += errand->len;
	}
	mutex_unlock(&bag_lock);
	kfree(errand);
}

static int counter_show(struct seq_file *seq, void *unused)
{
	flush_workqueue(errands);
	mutex_lock(&bag_lock);
	seq_write(seq, bag, bag_len);
	mutex_unlock(&bag_lock);
	return 0;
}

static int counter_open(struct inode *inode, struct file *file)
{
	return single_open(file, counter_show, NULL);
}

static ssize_t counter_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct errand *errand;

	if (len > LINE_MAX)
		return -EINVAL;
	errand = kmalloc(sizeof(*errand) + len, GFP_KERNEL);
	if (!errand)
		return -ENOMEM;
	if (copy_from_user(errand->line, buf, len)) {
		kfree(errand);
		return -EFAULT;
	}
	errand->len = len;
	INIT_WORK(&errand->work, fetch);
	queue_work(errands, &errand->work);
	return len;
}

static const struct proc_ops counter_ops = {
	.proc_open = counter_open,
	.proc_read = seq_read,
	.proc_write = counter_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int __init errands_init(void)
{
	errands = alloc_ordered_workqueue("%s", 0, KBUILD_MODNAME);
	if (!errands)
		return -ENOMEM;
	if (!proc_create(KBUILD_MODNAME, 0644, NULL, &counter_ops)) {
		destroy_workqueue(errands);
		return -ENOMEM;
	}
	return 0;
}

static void __exit errands_exit(void)
{
	remove_proc_entry(KBUILD_MODNAME, NULL);
	/* Does first what is on it. */
	destroy_workqueue(errands);
}

module_init(errands_init);
module_exit(errands_exit);
MODULE_AUTHOR("The kmod developers");
MODULE_DESCRIPTION("Does what is written, in order, later");
MODULE_LICENSE("GPL");
