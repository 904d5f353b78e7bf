// SPDX-License-Identifier: GPL-2.0-only
/* The same in C: each function asks first. */
#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysctl.h>
#include <linux/sysfs.h>
#include <linux/uaccess.h>
#include <linux/version.h>

/* Since 6.16 handlers get a const attribute. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
typedef const struct bin_attribute bin_t;
#else
typedef struct bin_attribute bin_t;
#endif

/* Since 6.11 handlers get a const table, and a table has no end. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
typedef const struct ctl_table entry_t;
#define END
#else
typedef struct ctl_table entry_t;
#define END { }
#endif

static atomic_t reached;

static int open_admin(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	atomic_inc(&reached);
	return 0;
}

static int open_rawio(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_RAWIO))
		return -EPERM;
	atomic_inc(&reached);
	return 0;
}

static int open_free(struct inode *inode, struct file *file)
{
	atomic_inc(&reached);
	return 0;
}

static ssize_t dev_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	atomic_inc(&reached);
	return len;
}

static long dev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	u32 value;

	switch (cmd) {
	case _IO(0xb9, 0):
		atomic_inc(&reached);
		return 0;
	case _IOW(0xb9, 1, u32):
		if (!capable(CAP_NET_ADMIN))
			return -EPERM;
		if (copy_from_user(&value, (void __user *)arg, sizeof(value)))
			return -EFAULT;
		atomic_inc(&reached);
		return value;
	case _IOR(0xb9, 2, u32):
		if (!capable(CAP_NET_ADMIN))
			return -EPERM;
		atomic_inc(&reached);
		value = 7;
		return copy_to_user((void __user *)arg, &value, sizeof(value)) ? -EFAULT : 0;
	}
	return -ENOTTY;
}

#define OPS(name, how) \
	static const struct file_operations name = { \
		.owner = THIS_MODULE, .open = how, .write = dev_write, \
		.unlocked_ioctl = dev_ioctl, .compat_ioctl = compat_ptr_ioctl, \
	}

OPS(admin_ops, open_admin);
OPS(rawio_ops, open_rawio);
OPS(free_ops, open_free);

#define MISC(device, node, ops) \
	static struct miscdevice device = { \
		.minor = MISC_DYNAMIC_MINOR, .name = node, .fops = &ops, .mode = 0666, \
	}

MISC(admin, "vm_capability_c", admin_ops);
MISC(rawio, "vm_capability_chr_c", rawio_ops);
MISC(commands, "vm_capability_cmd_c", free_ops);
MISC(card, "vm_capability_card0_c", admin_ops);

static int number = 0, watched, one = 1, nine = 9;

static int do_number(entry_t *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	if (write && !capable(CAP_SYS_TIME))
		return -EPERM;
	return proc_dointvec_minmax(table, write, buffer, lenp, ppos);
}

static int do_watched(entry_t *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	int ret;

	if (write && !capable(CAP_SYS_TIME))
		return -EPERM;
	ret = proc_dointvec(table, write, buffer, lenp, ppos);
	if (!ret && write)
		atomic_inc(&reached);
	return ret;
}

static struct ctl_table table[] = {
	{ .procname = "number", .data = &number, .maxlen = sizeof(int), .mode = 0644,
	  .proc_handler = do_number, .extra1 = &one, .extra2 = &nine },
	{ .procname = "watched", .data = &watched, .maxlen = sizeof(int), .mode = 0644,
	  .proc_handler = do_watched },
	END
};

static int text_show(struct seq_file *m, void *v)
{
	atomic_inc(&reached);
	seq_puts(m, "text\n");
	return 0;
}

static int text_open(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_PACCT))
		return -EPERM;
	return single_open(file, text_show, NULL);
}

static int sink_open(struct inode *inode, struct file *file)
{
	return capable(CAP_SYS_PACCT) ? 0 : -EPERM;
}

static const struct proc_ops text_ops = {
	.proc_open = text_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = dev_write,
};

static const struct proc_ops sink_ops = {
	.proc_open = sink_open,
	.proc_lseek = noop_llseek,
	.proc_write = dev_write,
};

static const struct file_operations text_fops = {
	.owner = THIS_MODULE,
	.open = text_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
	.write = dev_write,
};

static const struct file_operations sink_fops = {
	.owner = THIS_MODULE,
	.open = sink_open,
	.llseek = noop_llseek,
	.write = dev_write,
};

static ssize_t debug_bytes_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	atomic_inc(&reached);
	return simple_read_from_buffer(buf, len, ppos, "bytes", 5);
}

static const struct file_operations bytes_fops = {
	.owner = THIS_MODULE,
	.open = sink_open,
	.read = debug_bytes_read,
	.llseek = default_llseek,
	.write = dev_write,
};

static ssize_t bytes_read(struct file *file, struct kobject *kobj, bin_t *attr, char *buf,
			  loff_t pos, size_t len)
{
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	atomic_inc(&reached);
	return memory_read_from_buffer(buf, len, &pos, "bytes", 5);
}

static ssize_t bytes_write(struct file *file, struct kobject *kobj, bin_t *attr, char *buf,
			   loff_t pos, size_t len)
{
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	atomic_inc(&reached);
	return len;
}

static struct bin_attribute bytes = __BIN_ATTR(bytes, 0644, bytes_read, bytes_write, 0);

static ssize_t file_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	atomic_inc(&reached);
	return sysfs_emit(buf, "text\n");
}

static ssize_t file_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			  size_t len)
{
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	atomic_inc(&reached);
	return len;
}

static unsigned int value;

static ssize_t attr_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return capable(CAP_SYS_TIME) ? sysfs_emit(buf, "%u\n", value) : -EPERM;
}

static ssize_t attr_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			  size_t len)
{
	int err = capable(CAP_SYS_TIME) ? kstrtouint(buf, 0, &value) : -EPERM;

	return err ? err : len;
}

static struct kobj_attribute attributes[] = {
	__ATTR(file, 0644, file_show, file_store),
	__ATTR(attr, 0644, attr_show, attr_store),
};

static struct kobject *below;
static struct dentry *debugfs;

static int reached_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", atomic_read(&reached));
	return 0;
}

static struct miscdevice *devices[] = { &admin, &rawio, &commands, &card };
static struct ctl_table_header *header;

static int __init vm_capability_c_init(void)
{
	size_t at;

	for (at = 0; at < ARRAY_SIZE(devices); at++)
		misc_register(devices[at]);
	header = register_sysctl("vm_capability_c", table);
	proc_mkdir("vm_capability_c", NULL);
	proc_create("vm_capability_c/file", 0644, NULL, &text_ops);
	proc_create("vm_capability_c/sink", 0200, NULL, &sink_ops);
	proc_create_single("vm_capability_c/reached", 0444, NULL, reached_show);
	debugfs = debugfs_create_dir("vm_capability_c", NULL);
	debugfs_create_file("file", 0644, debugfs, NULL, &text_fops);
	debugfs_create_file("sink", 0200, debugfs, NULL, &sink_fops);
	debugfs_create_file("bytes", 0644, debugfs, NULL, &bytes_fops);
	below = kobject_create_and_add("below", &THIS_MODULE->mkobj.kobj);
	if (!below)
		return 0;
	for (at = 0; at < ARRAY_SIZE(attributes); at++)
		if (sysfs_create_file(below, &attributes[at].attr))
			pr_err("there is no file\n");
	if (sysfs_create_bin_file(below, &bytes))
		pr_err("there are no bytes\n");
	return 0;
}

static void __exit vm_capability_c_exit(void)
{
	size_t at;

	kobject_put(below);
	debugfs_remove(debugfs);
	remove_proc_subtree("vm_capability_c", NULL);
	unregister_sysctl_table(header);
	for (at = 0; at < ARRAY_SIZE(devices); at++)
		misc_deregister(devices[at]);
}

module_init(vm_capability_c_init);
module_exit(vm_capability_c_exit);
MODULE_DESCRIPTION("The same in C");
MODULE_LICENSE("GPL");
