// SPDX-License-Identifier: GPL-2.0-only
/* The doorman example in C. */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uidgid.h>

#define LONGEST 16

struct banned {
	struct list_head list;
	struct rcu_head rcu;
	unsigned int uid;
};

/* Who changes the list holds the lock; who reads it does not. */
static DEFINE_MUTEX(list_lock);
static LIST_HEAD(list);
static unsigned int count;

static int list_show(struct seq_file *seq, void *unused)
{
	const struct banned *banned;

	rcu_read_lock();
	list_for_each_entry_rcu(banned, &list, list)
		seq_printf(seq, "%u\n", banned->uid);
	rcu_read_unlock();
	return 0;
}

static int list_open(struct inode *inode, struct file *file)
{
	return single_open(file, list_show, NULL);
}

static int change(unsigned int uid)
{
	struct banned *banned;

	list_for_each_entry(banned, &list, list) {
		if (banned->uid == uid) {
			list_del_rcu(&banned->list);
			kfree_rcu(banned, rcu);
			count--;
			return 0;
		}
	}
	if (count == LONGEST)
		return -ENOSPC;
	banned = kmalloc(sizeof(*banned), GFP_KERNEL);
	if (!banned)
		return -ENOMEM;
	banned->uid = uid;
	list_add_tail_rcu(&banned->list, &list);
	count++;
	return 0;
}

static ssize_t list_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	unsigned int uid;
	int ret;

	ret = kstrtouint_from_user(buf, len, 0, &uid);
	if (ret)
		return ret;
	mutex_lock(&list_lock);
	ret = change(uid);
	mutex_unlock(&list_lock);
	return ret ? ret : len;
}

static const struct proc_ops list_ops = {
	.proc_open = list_open,
	.proc_read = seq_read,
	.proc_write = list_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int door_open(struct inode *inode, struct file *file)
{
	unsigned int uid = from_kuid(&init_user_ns, current_uid());
	const struct banned *banned;
	int ret = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(banned, &list, list) {
		if (banned->uid == uid) {
			ret = -EACCES;
			break;
		}
	}
	rcu_read_unlock();
	return ret;
}

static const struct file_operations door_fops = {
	.owner = THIS_MODULE,
	.open = door_open,
};

static struct miscdevice door = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.mode = 0666,
	.fops = &door_fops,
};

static int __init doorman_init(void)
{
	int ret;

	if (!proc_create(KBUILD_MODNAME, 0644, NULL, &list_ops))
		return -ENOMEM;
	ret = misc_register(&door);
	if (ret)
		remove_proc_entry(KBUILD_MODNAME, NULL);
	return ret;
}

static void __exit doorman_exit(void)
{
	struct banned *banned, *next;

	misc_deregister(&door);
	remove_proc_entry(KBUILD_MODNAME, NULL);
	/* Nobody reads any more. */
	list_for_each_entry_safe(banned, next, &list, list)
		kfree(banned);
}

module_init(doorman_init);
module_exit(doorman_exit);
MODULE_AUTHOR("The kmod developers");
MODULE_DESCRIPTION("Lets users in, but for those on a list");
MODULE_LICENSE("GPL");
