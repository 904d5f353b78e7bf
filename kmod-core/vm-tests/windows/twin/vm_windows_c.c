// SPDX-License-Identifier: GPL-2.0-only
/* The same files as the module's, in C. */
#include <linux/capability.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/kobject.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include <linux/uaccess.h>
#include <linux/version.h>

/* Since 6.16 callbacks get a const attribute. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
typedef const struct bin_attribute bin_t;
#else
typedef struct bin_attribute bin_t;
#endif

/* The same functions for a file in debugfs, on the same value. */
#define IN_DEBUGFS(name, with_write)							\
static const struct file_operations name##_fops = {					\
	.owner = THIS_MODULE,								\
	.open = name##_open,								\
	.read = seq_read,								\
	.llseek = seq_lseek,								\
	.release = single_release,							\
	.write = with_write,								\
}

#define TEXT_MAX 32
#define LINES_MAX 4000

static u32 value_u32;
static s64 value_i64;
static bool value_bool;
static u8 value_fixed;
static u64 value_driver;
static u32 value_low;
static int value_bass;
static const char * const basses[] = { "flat", "boost", "cut" };
static DEFINE_MUTEX(text_lock);
static char text[TEXT_MAX];
static size_t text_len;

static int bass_set(const char *buf)
{
	int bass = sysfs_match_string(basses, buf);

	if (bass < 0)
		return bass;
	value_bass = bass;
	return 0;
}

static int bass_from_user(const char __user *buf, size_t len)
{
	char *new = memdup_user_nul(buf, len);
	int err;

	if (IS_ERR(new))
		return PTR_ERR(new);
	err = bass_set(new);
	kfree(new);
	return err;
}

#define VALUE(name, format, shown, from_user)						\
static int name##_show(struct seq_file *m, void *v)					\
{											\
	seq_printf(m, format "\n", shown);						\
	return 0;									\
}											\
static int name##_open(struct inode *inode, struct file *file)				\
{											\
	return single_open(file, name##_show, NULL);					\
}											\
static ssize_t name##_write(struct file *file, const char __user *buf, size_t len,	\
			    loff_t *ppos)						\
{											\
	int err = from_user;								\
	return err ? err : len;								\
}											\
static const struct proc_ops name##_ops = {						\
	.proc_open = name##_open,							\
	.proc_read_iter = seq_read_iter,						\
	.proc_lseek = seq_lseek,							\
	.proc_release = single_release,							\
	.proc_write = name##_write,							\
};											\
IN_DEBUGFS(name, name##_write)

VALUE(u32, "%u", value_u32, kstrtouint_from_user(buf, len, 0, &value_u32));
VALUE(i64, "%lld", value_i64, kstrtoll_from_user(buf, len, 0, &value_i64));
VALUE(bool, "%c", value_bool ? 'Y' : 'N', kstrtobool_from_user(buf, len, &value_bool));
VALUE(bass, "%s", basses[value_bass], bass_from_user(buf, len));
VALUE(driver, "%llu", value_driver, kstrtoull_from_user(buf, len, 0, &value_driver));

static int fixed_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%u\n", value_fixed);
	return 0;
}

static int lines_show(struct seq_file *m, void *v)
{
	u32 line;

	for (line = 0; line < min_t(u32, value_u32, LINES_MAX); line++)
		seq_printf(m, "line %u\n", line);
	return 0;
}

static int top_show(struct seq_file *m, void *v)
{
	return value_bool ? -EXDEV : 0;
}

#define SHOWS(name)								\
static int name##_open(struct inode *inode, struct file *file)			\
{										\
	return single_open(file, name##_show, NULL);				\
}										\
IN_DEBUGFS(name, NULL)

SHOWS(fixed);
SHOWS(lines);
SHOWS(top);

static int text_show(struct seq_file *m, void *v)
{
	mutex_lock(&text_lock);
	seq_write(m, text, text_len);
	mutex_unlock(&text_lock);
	return 0;
}

static int text_open(struct inode *inode, struct file *file)
{
	return single_open(file, text_show, NULL);
}

static ssize_t text_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	char new[TEXT_MAX];

	len = min_t(size_t, len, TEXT_MAX);
	if (copy_from_user(new, buf, len))
		return -EFAULT;
	mutex_lock(&text_lock);
	memcpy(text, new, len);
	text_len = len;
	mutex_unlock(&text_lock);
	return len;
}

static const struct proc_ops text_ops = {
	.proc_open = text_open,
	.proc_read_iter = seq_read_iter,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = text_write,
};

IN_DEBUGFS(text, text_write);

#define STEP 3
#define LONG 300

static void *rows_at(loff_t pos)
{
	unsigned long row = roundup((unsigned long)pos, STEP);

	return row < value_u32 ? (void *)(row + 1) : NULL;
}

static void *rows_start(struct seq_file *m, loff_t *pos)
{
	return rows_at(*pos);
}

static void *rows_next(struct seq_file *m, void *v, loff_t *pos)
{
	*pos = (unsigned long)v;
	return rows_at(*pos);
}

static void rows_stop(struct seq_file *m, void *v)
{
}

static int rows_show(struct seq_file *m, void *v)
{
	unsigned long row = (unsigned long)v - 1;
	int i;

	if (value_bool && row == 2 * LONG)
		return -EXDEV;
	seq_printf(m, "row %lu", row);
	if (row % LONG == 0)
		for (i = 0; i < 5000; i++)
			seq_putc(m, i < 1000 ? 'x' : 'y');
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations rows_ops = {
	.start = rows_start,
	.next = rows_next,
	.stop = rows_stop,
	.show = rows_show,
};

static int rows_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &rows_ops);
}

static const struct file_operations rows_fops = {
	.owner = THIS_MODULE,
	.open = rows_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release,
};

static ssize_t sink_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	return capable(CAP_SYS_TIME) ? len : -EPERM;
}

static const struct proc_ops sink_ops = {
	.proc_write = sink_write,
	.proc_lseek = noop_llseek,
};

static const struct file_operations sink_fops = {
	.owner = THIS_MODULE,
	.write = sink_write,
	.llseek = noop_llseek,
};

/* In a folder below the module's own, and in that of a misc device. */
#define ATTRIBUTE(name, mode, shown, stored)						\
static ssize_t sysfs_##name##_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf) \
{											\
	return shown;									\
}											\
static ssize_t sysfs_##name##_store(struct kobject *kobj, struct kobj_attribute *attr,	\
				    const char *buf, size_t len)			\
{											\
	int err = stored;								\
	return err ? err : len;								\
}											\
static struct kobj_attribute __maybe_unused name##_attr =				\
	__ATTR(name, mode, sysfs_##name##_show, sysfs_##name##_store);			\
static ssize_t node_##name##_show(struct device *dev, struct device_attribute *attr, char *buf) \
{											\
	return shown;									\
}											\
static ssize_t node_##name##_store(struct device *dev, struct device_attribute *attr,	\
				   const char *buf, size_t len)				\
{											\
	int err = stored;								\
	return err ? err : len;								\
}											\
static struct device_attribute node_##name##_attr =					\
	__ATTR(name, mode, node_##name##_show, node_##name##_store)

static ssize_t page_lines(char *buf)
{
	u32 line;
	int at = 0;

	for (line = 0; line < min_t(u32, value_u32, LINES_MAX); line++)
		at += sysfs_emit_at(buf, at, "line %u\n", line);
	return at;
}

static int text_set(const char *buf)
{
	mutex_lock(&text_lock);
	text_len = min_t(size_t, strlen(buf), TEXT_MAX);
	memcpy(text, buf, text_len);
	mutex_unlock(&text_lock);
	return 0;
}

ATTRIBUTE(u32, 0644, sysfs_emit(buf, "%u\n", value_u32), kstrtouint(buf, 0, &value_u32));
ATTRIBUTE(i64, 0600, sysfs_emit(buf, "%lld\n", value_i64), kstrtoll(buf, 0, &value_i64));
ATTRIBUTE(bool, 0644, sysfs_emit(buf, "%d\n", value_bool), kstrtobool(buf, &value_bool));
ATTRIBUTE(bass, 0644, sysfs_emit(buf, "%s\n", basses[value_bass]), bass_set(buf));
ATTRIBUTE(fixed, 0444, sysfs_emit(buf, "%u\n", value_fixed), -EIO);
ATTRIBUTE(page, 0444, page_lines(buf), -EIO);
ATTRIBUTE(text, 0644, sysfs_emit(buf, "%.*s", (int)text_len, text), text_set(buf));
ATTRIBUTE(sink, 0200, -EIO, capable(CAP_SYS_TIME) ? 0 : -EPERM);
ATTRIBUTE(broken, 0444, -EXDEV, -EIO);

ATTRIBUTE(low, 0644, sysfs_emit(buf, "%u\n", value_low), kstrtouint(buf, 0, &value_low));
ATTRIBUTE(level, 0444, sysfs_emit(buf, "0\n"), -EIO);
ATTRIBUTE(more, 0444, -EXDEV, -EIO);

static struct attribute *attrs[] = {
	&u32_attr.attr,
	&i64_attr.attr,
	&bool_attr.attr,
	&bass_attr.attr,
	&fixed_attr.attr,
	&page_attr.attr,
	&text_attr.attr,
	&sink_attr.attr,
	&broken_attr.attr,
	NULL,
};

static const struct attribute_group group = {
	.name = "files",
	.attrs = attrs,
};

static DEFINE_MUTEX(blob_lock);
static u8 blobs[4][32];

/* The file's own; one in debugfs has no attribute. */
static u8 *blob_of(bin_t *attr)
{
	return attr ? attr->private : blobs[0];
}

static u8 bytes[5] = { 0 };

#define BIN_READ(name, body)								\
static ssize_t name##_read(struct file *file, struct kobject *kobj, bin_t *attr, char *buf, \
			   loff_t pos, size_t len)					\
{											\
	body										\
}

#define BIN_WRITE(name, body)								\
static ssize_t name##_write(struct file *file, struct kobject *kobj, bin_t *attr, char *buf, \
			    loff_t pos, size_t len)					\
{											\
	body										\
}

static ssize_t pattern(char *buf, loff_t pos, size_t len)
{
	size_t at;

	for (at = 0; at < len; at++)
		buf[at] = (u64)(pos + at) % 251;
	return len;
}

BIN_READ(blob, {
	mutex_lock(&blob_lock);
	memcpy(buf, blob_of(attr) + pos, len);
	mutex_unlock(&blob_lock);
	return len;
})
BIN_WRITE(blob, {
	mutex_lock(&blob_lock);
	memcpy(blob_of(attr) + pos, buf, len);
	mutex_unlock(&blob_lock);
	return len;
})
BIN_READ(eeprom, { return pattern(buf, pos, len); })
BIN_WRITE(eeprom, { return len; })
BIN_READ(endless, { return pos < 9000 ? pattern(buf, pos, min_t(u64, len, 9000 - pos)) : 0; })
BIN_WRITE(endless, { return -ENOSPC; })
BIN_READ(few, { return memory_read_from_buffer(buf, min_t(size_t, len, 2), &pos, "few bytes", 9); })
BIN_WRITE(few, { return len; })
BIN_READ(bytes, { return memory_read_from_buffer(buf, len, &pos, bytes, 5); })
BIN_WRITE(bin_sink, { return capable(CAP_SYS_TIME) ? len : -EPERM; })

#define BLOB_ATTR(n)									\
	{										\
		.attr = { .name = "blob", .mode = 0644 },				\
		.size = sizeof(blobs[n]),						\
		.private = blobs[n],							\
		.read = blob_read,							\
		.write = blob_write,							\
	}

static struct bin_attribute bins[] = {
	BLOB_ATTR(1),
	__BIN_ATTR(eeprom, 0600, eeprom_read, eeprom_write, 10000),
	__BIN_ATTR(endless, 0644, endless_read, endless_write, 0),
	__BIN_ATTR(few, 0644, few_read, few_write, 9),
	__BIN_ATTR(bytes, 0444, bytes_read, NULL, sizeof(bytes)),
	__BIN_ATTR(bin_sink, 0200, NULL, bin_sink_write, 0),
};

static struct bin_attribute node_blob = BLOB_ATTR(2);
static struct bin_attribute group_blob = BLOB_ATTR(3);
static struct bin_attribute node_eeprom =
	__BIN_ATTR(eeprom, 0600, eeprom_read, eeprom_write, 10000);
static struct bin_attribute node_bytes = __BIN_ATTR(bytes, 0444, bytes_read, NULL, sizeof(bytes));
static struct bin_attribute node_few = __BIN_ATTR(few, 0644, few_read, few_write, 9);

static bin_t *node_bins[] = { &node_blob, &node_eeprom, NULL };
static bin_t *limits_bins[] = { &node_bytes, NULL };
static bin_t *raw_bins[] = { &node_few, NULL };
static bin_t *group_bins[] = { &group_blob, NULL };

/* The same in debugfs, a page at a time. */
#define BIN_FOPS(name, size)								\
static ssize_t name##_fops_read(struct file *file, char __user *to, size_t len, loff_t *pos)	\
{											\
	return in_page(name##_read, NULL, to, NULL, size, len, pos);			\
}											\
											\
static ssize_t __maybe_unused name##_fops_write(struct file *file, const char __user *from, size_t len, \
						loff_t *pos)				\
{											\
	return in_page(NULL, name##_write, NULL, from, size, len, pos);			\
}											\
											\
static const struct file_operations name##_bin_fops = {					\
	.owner = THIS_MODULE,								\
	.read = name##_fops_read,							\
	.write = name##_fops_write,							\
	.llseek = default_llseek,							\
}

typedef ssize_t (*bin_call)(struct file *, struct kobject *, bin_t *, char *, loff_t, size_t);

static ssize_t in_page(bin_call read, bin_call write, char __user *to, const char __user *from,
		       u64 size, size_t len, loff_t *pos)
{
	ssize_t n;
	char *page;

	if (size && *pos >= size)
		return write ? -EFBIG : 0;
	len = min_t(u64, len, size ? size - *pos : len);
	len = min_t(size_t, len, PAGE_SIZE);
	if (!len)
		return 0;
	page = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	if (from && copy_from_user(page, from, len))
		n = -EFAULT;
	else
		n = (read ? read : write)(NULL, NULL, NULL, page, *pos, len);
	if (n > 0 && to && copy_to_user(to, page, n))
		n = -EFAULT;
	if (n > 0)
		*pos += n;
	kfree(page);
	return n;
}

static ssize_t bin_sink_read(struct file *file, struct kobject *kobj, bin_t *attr, char *buf,
			     loff_t pos, size_t len)
{
	return -EINVAL;
}

BIN_FOPS(blob, sizeof(blobs[0]));
BIN_FOPS(eeprom, 10000);
BIN_FOPS(endless, 0);
BIN_FOPS(few, 9);
BIN_FOPS(bin_sink, 0);

static struct debugfs_blob_wrapper bytes_blob = { .data = bytes, .size = sizeof(bytes) };

static struct attribute *node_attrs[] = {
	&node_u32_attr.attr,
	&node_i64_attr.attr,
	&node_bool_attr.attr,
	&node_bass_attr.attr,
	&node_fixed_attr.attr,
	&node_page_attr.attr,
	&node_text_attr.attr,
	&node_sink_attr.attr,
	&node_broken_attr.attr,
	NULL,
};

static struct attribute *node_limits_attrs[] = {
	&node_low_attr.attr,
	&node_level_attr.attr,
	NULL,
};

static struct attribute *node_more_attrs[] = {
	&node_more_attr.attr,
	NULL,
};

static const struct attribute_group node_group = {
	.attrs = node_attrs,
	.bin_attrs = node_bins,
};

static const struct attribute_group node_limits = {
	.name = "limits",
	.attrs = node_limits_attrs,
	.bin_attrs = limits_bins,
};

static const struct attribute_group node_more = {
	.name = "more",
	.attrs = node_more_attrs,
};

static const struct attribute_group raw = {
	.name = "raw",
	.bin_attrs = raw_bins,
};

static const struct attribute_group *node_groups[] = {
	&node_group,
	&node_limits,
	&node_more,
	&raw,
	NULL,
};

static const struct file_operations node_fops = {
	.owner = THIS_MODULE,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_windows_c",
	.fops = &node_fops,
	.groups = node_groups,
};

static const struct attribute_group bin_limits = {
	.name = "limits",
	.bin_attrs = group_bins,
};

static const struct attribute_group *bin_groups[] = {
	&group,
	&bin_limits,
	&raw,
	NULL,
};

static struct kobject *in_sysfs;

static char *take;
module_param(take, charp, 0);
MODULE_PARM_DESC(take, "A path that is taken, instead of all else");

static char *take_debugfs;
module_param(take_debugfs, charp, 0);
MODULE_PARM_DESC(take_debugfs, "The same, in debugfs");

static struct proc_dir_entry *folder;
static struct dentry *debugfs;

static void in_debugfs(void)
{
	struct dentry *deep, *bin;

	debugfs = debugfs_create_dir(take_debugfs ? take_debugfs : "vm_windows_c", NULL);
	if (take_debugfs)
		return;
	deep = debugfs_create_dir("deep", debugfs);
	debugfs_create_file("rows", 0444, debugfs, NULL, &rows_fops);
	debugfs_create_file("u32", 0644, debugfs, NULL, &u32_fops);
	debugfs_create_file("i64", 0600, deep, NULL, &i64_fops);
	debugfs_create_file("bool", 0644, deep, NULL, &bool_fops);
	debugfs_create_file("bass", 0644, debugfs, NULL, &bass_fops);
	debugfs_create_file("fixed", 0444, debugfs, NULL, &fixed_fops);
	debugfs_create_file("lines", 0444, debugfs, NULL, &lines_fops);
	debugfs_create_file("text", 0644, debugfs_create_dir("down", deep), NULL, &text_fops);
	debugfs_create_file("sink", 0200, debugfs, NULL, &sink_fops);
	debugfs_create_file("vm_windows_c_top", 0444, NULL, NULL, &top_fops);
	bin = debugfs_create_dir("bin", debugfs);
	debugfs_create_file_size("blob", 0644, bin, NULL, &blob_bin_fops,
				 sizeof(blobs[0]));
	debugfs_create_file_size("eeprom", 0600, bin, NULL, &eeprom_bin_fops, 10000);
	debugfs_create_file_size("endless", 0644, bin, NULL, &endless_bin_fops, 0);
	debugfs_create_file_size("few", 0644, bin, NULL, &few_bin_fops, 9);
	debugfs_create_file_size("bin_sink", 0200, bin, NULL, &bin_sink_bin_fops, 0);
	debugfs_create_blob("bytes", 0444, bin, &bytes_blob);
}

static int __init vm_windows_c_init(void)
{
	size_t at;
	int err;

	if (take_debugfs) {
		in_debugfs();
		return 0;
	}
	folder = proc_mkdir(take ? take : "vm_windows_c", NULL);
	if (!folder)
		return -ENOMEM;
	if (take)
		return 0;
	proc_create("u32", 0644, folder, &u32_ops);
	proc_create("i64", 0600, folder, &i64_ops);
	proc_create("bool", 0644, folder, &bool_ops);
	proc_create("bass", 0644, folder, &bass_ops);
	proc_create_seq("rows", 0444, folder, &rows_ops);
	proc_create_single("fixed", 0444, folder, fixed_show);
	proc_create_single("lines", 0444, folder, lines_show);
	proc_create("text", 0644, folder, &text_ops);
	proc_create("sink", 0200, folder, &sink_ops);
	proc_create_single("vm_windows_c_top", 0444, NULL, top_show);
	proc_create("driver/vm_windows_c", 0640, NULL, &driver_ops);
	in_debugfs();
	misc_register(&node);
	in_sysfs = kobject_create_and_add("below", &THIS_MODULE->mkobj.kobj);
	if (!in_sysfs)
		return -ENOMEM;
	for (at = 0; at < ARRAY_SIZE(bins); at++) {
		err = sysfs_create_bin_file(in_sysfs, &bins[at]);
		if (err)
			return err;
	}
	return sysfs_create_groups(in_sysfs, bin_groups);
}

static void __exit vm_windows_c_exit(void)
{
	if (!take && !take_debugfs) {
		debugfs_remove(debugfs_lookup("vm_windows_c_top", NULL));
		misc_deregister(&node);
		remove_proc_entry("driver/vm_windows_c", NULL);
		remove_proc_entry("vm_windows_c_top", NULL);
	}
	kobject_put(in_sysfs);
	proc_remove(folder);
	debugfs_remove(debugfs);
}

module_init(vm_windows_c_init);
module_exit(vm_windows_c_exit);
MODULE_DESCRIPTION("The same windows in C");
MODULE_LICENSE("GPL");
