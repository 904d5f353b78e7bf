// SPDX-License-Identifier: GPL-2.0-only
/* The guestbook example in C. */
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/sysfs.h>
#include <linux/uaccess.h>
#include <linux/version.h>

/* Since 6.11 a table has no end; since 6.16 callbacks get a const attribute. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
#define END
#else
#define END { }
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
typedef const struct bin_attribute bin_t;
#else
typedef struct bin_attribute bin_t;
#endif

struct guest {
	struct list_head list;
	size_t len;
	char name[];
};

static DEFINE_MUTEX(guests_lock);
static LIST_HEAD(guests);
static unsigned int count;
static bool closed;
static u32 refused;
static int longest = 32, longest_min = 1, longest_max = 64;
static struct miscdevice guestbook;

static ssize_t guestbook_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct guest *guest;

	if (closed || len > longest) {
		refused++;
		return -EACCES;
	}
	guest = kmalloc(struct_size(guest, name, len), GFP_KERNEL);
	if (!guest)
		return -ENOMEM;
	if (copy_from_user(guest->name, buf, len)) {
		kfree(guest);
		return -EFAULT;
	}
	guest->len = len;
	mutex_lock(&guests_lock);
	list_add_tail(&guest->list, &guests);
	count++;
	mutex_unlock(&guests_lock);
	sysfs_notify(&guestbook.this_device->kobj, NULL, "count");
	return len;
}

static const struct file_operations guestbook_fops = {
	.owner = THIS_MODULE,
	.write = guestbook_write,
};

static ssize_t count_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", count);
}
static DEVICE_ATTR_RO(count);

static ssize_t closed_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", closed);
}

static ssize_t closed_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t len)
{
	int err = kstrtobool(buf, &closed);

	return err ? err : len;
}
static DEVICE_ATTR_RW(closed);

static struct attribute *guestbook_attrs[] = {
	&dev_attr_count.attr,
	&dev_attr_closed.attr,
	NULL,
};
ATTRIBUTE_GROUPS(guestbook);

static struct miscdevice guestbook = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "guestbook_c",
	.mode = 0222,
	.fops = &guestbook_fops,
	.groups = guestbook_groups,
};

static struct ctl_table table[] = {
	{
		.procname = "longest",
		.data = &longest,
		.maxlen = sizeof(longest),
		.mode = 0644,
		.proc_handler = proc_dointvec_minmax,
		.extra1 = &longest_min,
		.extra2 = &longest_max,
	},
	END
};

static void *rows_start(struct seq_file *seq, loff_t *pos)
{
	mutex_lock(&guests_lock);
	return seq_list_start(&guests, *pos);
}

static void *rows_next(struct seq_file *seq, void *v, loff_t *pos)
{
	return seq_list_next(v, &guests, pos);
}

static void rows_stop(struct seq_file *seq, void *v)
{
	mutex_unlock(&guests_lock);
}

static int rows_show(struct seq_file *seq, void *v)
{
	const struct guest *guest = list_entry(v, struct guest, list);
	size_t len = guest->len;

	while (len && (guest->name[len - 1] == '\n' || guest->name[len - 1] == ' '))
		len--;
	seq_printf(seq, "%llu %.*s\n", seq->index + 1, (int)len, guest->name);
	return 0;
}

static const struct seq_operations rows_ops = {
	.start = rows_start,
	.next = rows_next,
	.stop = rows_stop,
	.show = rows_show,
};

static ssize_t last_read(struct file *file, struct kobject *kobj, bin_t *attr, char *buf,
			 loff_t pos, size_t len)
{
	const struct guest *last;
	ssize_t n = 0;

	mutex_lock(&guests_lock);
	if (!list_empty(&guests)) {
		last = list_last_entry(&guests, struct guest, list);
		n = memory_read_from_buffer(buf, len, &pos, last->name, last->len);
	}
	mutex_unlock(&guests_lock);
	return n;
}

static struct bin_attribute bin_attr_last = __BIN_ATTR(last, 0444, last_read, NULL, 0);

static struct ctl_table_header *header;
static struct dentry *debugfs;

static int __init guestbook_c_init(void)
{
	int err = misc_register(&guestbook);

	if (err)
		return err;
	header = register_sysctl("guestbook_c", table);
	if (!header) {
		err = -ENOMEM;
		goto no_sysctl;
	}
	if (!proc_create_seq("guestbook_c", 0444, NULL, &rows_ops)) {
		err = -ENOMEM;
		goto no_proc;
	}
	err = sysfs_create_bin_file(&THIS_MODULE->mkobj.kobj, &bin_attr_last);
	if (err)
		goto no_bin;
	debugfs = debugfs_create_dir("guestbook_c", NULL);
	debugfs_create_u32("refused", 0644, debugfs, &refused);
	return 0;

no_bin:
	remove_proc_entry("guestbook_c", NULL);
no_proc:
	unregister_sysctl_table(header);
no_sysctl:
	misc_deregister(&guestbook);
	return err;
}

static void __exit guestbook_c_exit(void)
{
	struct guest *guest, *next;

	debugfs_remove(debugfs);
	sysfs_remove_bin_file(&THIS_MODULE->mkobj.kobj, &bin_attr_last);
	remove_proc_entry("guestbook_c", NULL);
	unregister_sysctl_table(header);
	misc_deregister(&guestbook);
	list_for_each_entry_safe(guest, next, &guests, list)
		kfree(guest);
}

module_init(guestbook_c_init);
module_exit(guestbook_c_exit);
MODULE_DESCRIPTION("The guestbook example in C");
MODULE_LICENSE("GPL");
