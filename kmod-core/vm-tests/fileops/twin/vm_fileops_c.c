// SPDX-License-Identifier: GPL-2.0-only
/* The devices of vm_fileops, in C. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/splice.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#define generic_file_splice_read copy_splice_read
#endif

/* bare */
static const struct file_operations bare_fops = { .owner = THIS_MODULE };

/* buffer */
#define SIZE 64

struct content {
	struct mutex lock;
	u8 data[SIZE];
};

static struct content buffer, iter;

static void content_init(struct content *content)
{
	int i;

	mutex_init(&content->lock);
	for (i = 0; i < SIZE; i++)
		content->data[i] = 'A' + i % 26;
}

static ssize_t buffer_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	ssize_t ret;

	mutex_lock(&buffer.lock);
	ret = simple_read_from_buffer(buf, len, ppos, buffer.data, SIZE);
	mutex_unlock(&buffer.lock);
	return ret;
}

static ssize_t buffer_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	ssize_t ret;

	if (*ppos >= SIZE && len)
		return -ENOSPC;
	mutex_lock(&buffer.lock);
	ret = simple_write_to_buffer(buffer.data, SIZE, ppos, buf, len);
	mutex_unlock(&buffer.lock);
	return ret;
}

static loff_t buffer_llseek(struct file *file, loff_t offset, int whence)
{
	return fixed_size_llseek(file, offset, whence, SIZE);
}

static const struct file_operations buffer_fops = {
	.owner = THIS_MODULE,
	.llseek = buffer_llseek,
	.read = buffer_read,
	.write = buffer_write,
};

/* iter */
static int iter_open(struct inode *inode, struct file *file)
{
	file->f_mode |= FMODE_NOWAIT;
	return 0;
}

static bool nonblocking(struct kiocb *iocb)
{
	return iocb->ki_flags & IOCB_NOWAIT || iocb->ki_filp->f_flags & O_NONBLOCK;
}

static ssize_t iter_read(struct kiocb *iocb, struct iov_iter *to)
{
	size_t n = iov_iter_count(to), copied;

	if (nonblocking(iocb))
		return -EAGAIN;
	if (iocb->ki_pos >= SIZE)
		return 0;
	n = min_t(size_t, n, SIZE - iocb->ki_pos);
	mutex_lock(&iter.lock);
	copied = copy_to_iter(iter.data + iocb->ki_pos, n, to);
	mutex_unlock(&iter.lock);
	if (n && !copied)
		return -EFAULT;
	iocb->ki_pos += copied;
	return copied;
}

static ssize_t iter_write(struct kiocb *iocb, struct iov_iter *from)
{
	size_t n = iov_iter_count(from), copied;

	if (nonblocking(iocb))
		return -EAGAIN;
	if (iocb->ki_pos >= SIZE && n)
		return -ENOSPC;
	n = min_t(size_t, n, SIZE - iocb->ki_pos);
	mutex_lock(&iter.lock);
	copied = copy_from_iter(iter.data + iocb->ki_pos, n, from);
	mutex_unlock(&iter.lock);
	if (n && !copied)
		return -EFAULT;
	iocb->ki_pos += copied;
	return copied;
}

static const struct file_operations iter_fops = {
	.owner = THIS_MODULE,
	.open = iter_open,
	.llseek = buffer_llseek,
	.read_iter = iter_read,
	.write_iter = iter_write,
	.splice_read = generic_file_splice_read,
	.splice_write = iter_file_splice_write,
};

/* full */
struct counts {
	atomic_t flushes, syncs, datasyncs;
	u64 pos;
};

static struct fasync_struct *waiting;

static int full_open(struct inode *inode, struct file *file)
{
	struct counts *counts;

	if (file->f_flags & O_NONBLOCK)
		return -EWOULDBLOCK;
	counts = kzalloc(sizeof(*counts), GFP_KERNEL);
	if (!counts)
		return -ENOMEM;
	file->private_data = counts;
	return 0;
}

static int full_release(struct inode *inode, struct file *file)
{
	kill_fasync(&waiting, SIGIO, POLL_HUP);
	kfree(file->private_data);
	return 0;
}

static ssize_t full_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	len = min_t(size_t, len, 4);
	if (copy_to_user(buf, "read", len))
		return -EFAULT;
	*ppos += len;
	return len;
}

static ssize_t full_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	size_t n = min_t(size_t, iov_iter_count(to), 4);

	if (copy_to_iter("iter", n, to) != n)
		return -EFAULT;
	iocb->ki_pos += n;
	return n;
}

static ssize_t full_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	char data[4];

	len = min_t(size_t, len, sizeof(data));
	if (copy_from_user(data, buf, len))
		return -EFAULT;
	if (memchr(data, '!', len))
		return -EPERM;
	kill_fasync(&waiting, SIGIO, POLL_IN);
	*ppos += len;
	return len;
}

static ssize_t full_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	size_t n = min_t(size_t, iov_iter_count(from), 8);

	iov_iter_advance(from, n);
	iocb->ki_pos += n;
	return n;
}

static loff_t full_llseek(struct file *file, loff_t offset, int whence)
{
	struct counts *counts = file->private_data;

	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		if (check_add_overflow(offset, file->f_pos, &offset))
			return offset < 0 ? -EOVERFLOW : -EINVAL;
		break;
	case SEEK_END:
		return -ENXIO;
	default:
		return -EINVAL;
	}
	if (offset < 0)
		return -EINVAL;
	counts->pos = offset;
	file->f_pos = offset;
	return offset;
}

static int full_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct counts *counts = file->private_data;

	if (end != LLONG_MAX)
		return -EIO;
	atomic_inc(datasync ? &counts->datasyncs : &counts->syncs);
	return 0;
}

static int full_flush(struct file *file, fl_owner_t id)
{
	struct counts *counts = file->private_data;

	return atomic_inc_return(&counts->flushes) == 2 ? -EDQUOT : 0;
}

static int full_fasync(int fd, struct file *file, int on)
{
	return fasync_helper(fd, file, on, &waiting);
}

static void full_show_fdinfo(struct seq_file *m, struct file *file)
{
	struct counts *counts = file->private_data;

	seq_printf(m, "counts:\t%d %d %d\nsought:\t%llu\n", atomic_read(&counts->flushes),
		   atomic_read(&counts->syncs), atomic_read(&counts->datasyncs), counts->pos);
}

static const struct file_operations full_fops = {
	.owner = THIS_MODULE,
	.open = full_open,
	.release = full_release,
	.llseek = full_llseek,
	.read = full_read,
	.read_iter = full_read_iter,
	.write = full_write,
	.write_iter = full_write_iter,
	.fsync = full_fsync,
	.flush = full_flush,
	.fasync = full_fasync,
	.show_fdinfo = full_show_fdinfo,
	.splice_read = generic_file_splice_read,
	.splice_write = iter_file_splice_write,
};

/* the seekers */
static ssize_t place_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	char text[24];

	len = min_t(size_t, len, sprintf(text, "%lld", *ppos));
	if (copy_to_user(buf, text, len))
		return -EFAULT;
	*ppos += len;
	return len;
}

#define SEEKER(name, slot, function)				\
	static const struct file_operations name##_fops = {	\
		.owner = THIS_MODULE,				\
		.read = place_read,				\
		.slot = function,				\
	}
SEEKER(noop, llseek, noop_llseek);
SEEKER(generic, llseek, generic_file_llseek);
SEEKER(default, llseek, default_llseek);
SEEKER(no_end, llseek, no_seek_end_llseek);
SEEKER(flat, open, nonseekable_open);

/* stream */
#define FIRST_MINOR 5
#define MINORS 3

static ssize_t stream_read(struct kiocb *iocb, struct iov_iter *to)
{
	char text[32];
	size_t n = sprintf(text, "stream %u at %lld",
			   iminor(file_inode(iocb->ki_filp)) - FIRST_MINOR, iocb->ki_pos);

	n = min(n, iov_iter_count(to));
	if (copy_to_iter(text, n, to) != n)
		return -EFAULT;
	iocb->ki_pos += n;
	return n;
}

static ssize_t stream_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	return len / 2;
}

static const struct file_operations stream_fops = {
	.owner = THIS_MODULE,
	.open = stream_open,
	.read_iter = stream_read,
	.write = stream_write,
	.splice_read = generic_file_splice_read,
};

/* value */
static u64 value;

static ssize_t value_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	if (len < sizeof(value))
		return -EINVAL;
	if (put_user(value, (u64 __user *)buf))
		return -EFAULT;
	*ppos += sizeof(value);
	return sizeof(value);
}

static ssize_t value_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	u64 new;

	if (len < sizeof(value))
		return -EINVAL;
	if (get_user(new, (u64 __user *)buf))
		return -EFAULT;
	value = new;
	*ppos += sizeof(value);
	return sizeof(value);
}

static const struct file_operations value_fops = {
	.owner = THIS_MODULE,
	.read = value_read,
	.write = value_write,
};

/* triple */
static u32 triple[3];

static ssize_t triple_read(struct kiocb *iocb, struct iov_iter *to)
{
	if (iov_iter_count(to) < sizeof(triple))
		return -EINVAL;
	if (copy_to_iter(triple, sizeof(triple), to) != sizeof(triple))
		return -EFAULT;
	iocb->ki_pos += sizeof(triple);
	return sizeof(triple);
}

static ssize_t triple_write(struct kiocb *iocb, struct iov_iter *from)
{
	u32 new[3];

	if (iov_iter_count(from) < sizeof(new))
		return -EINVAL;
	if (copy_from_iter(new, sizeof(new), from) != sizeof(new))
		return -EFAULT;
	memcpy(triple, new, sizeof(new));
	iocb->ki_pos += sizeof(new);
	return sizeof(new);
}

static const struct file_operations triple_fops = {
	.owner = THIS_MODULE,
	.read_iter = triple_read,
	.write_iter = triple_write,
};

/* all of them */
static struct miscdevice misc[] = {
	{ MISC_DYNAMIC_MINOR, "fo_bare_c", &bare_fops },
	{ MISC_DYNAMIC_MINOR, "fo_buffer_c", &buffer_fops, .mode = 0640 },
	{ MISC_DYNAMIC_MINOR, "fo_iter_c", &iter_fops, .nodename = "fo_c/iter", .mode = 0666 },
	{ MISC_DYNAMIC_MINOR, "fo_full_c", &full_fops },
	{ MISC_DYNAMIC_MINOR, "fo_value_c", &value_fops },
	{ MISC_DYNAMIC_MINOR, "fo_triple_c", &triple_fops },
	{ MISC_DYNAMIC_MINOR, "fo_noop_c", &noop_fops },
	{ MISC_DYNAMIC_MINOR, "fo_generic_c", &generic_fops },
	{ MISC_DYNAMIC_MINOR, "fo_default_c", &default_fops },
	{ MISC_DYNAMIC_MINOR, "fo_no_end_c", &no_end_fops },
	{ MISC_DYNAMIC_MINOR, "fo_flat_c", &flat_fops },
};

/* Takes the minor number that vm_fileops wants. */
static bool take;
module_param(take, bool, 0);
static struct miscdevice taken = { 250, "fo_taken", &bare_fops };

static dev_t stream_number, other_number;
static struct cdev *stream_cdev, *other_cdev;
static struct class *class;

static char *name_stream(const struct device *dev, umode_t *mode)
{
	if (MAJOR(dev->devt) != MAJOR(stream_number))
		return NULL;
	if (mode)
		*mode = 0620;
	return kasprintf(GFP_KERNEL, "fo_c/stream/%u", MINOR(dev->devt) - FIRST_MINOR);
}

static char *__maybe_unused name_plain(struct device *dev, umode_t *mode)
{
	return name_stream(dev, mode);
}

static int add(struct cdev **cdev, const char *name, const struct file_operations *fops,
	       dev_t *number, unsigned int first, unsigned int minors)
{
	int ret = alloc_chrdev_region(number, first, minors, name);

	if (ret)
		return ret;
	*cdev = cdev_alloc();
	if (!*cdev)
		return -ENOMEM;
	(*cdev)->owner = THIS_MODULE;
	(*cdev)->ops = fops;
	return cdev_add(*cdev, *number, minors);
}

/* It is a test: what a failure leaves behind goes with the VM. */
static int __init vm_fileops_c_init(void)
{
	struct device *dev;
	int ret, i;

	content_init(&buffer);
	content_init(&iter);
	for (i = 0; i < ARRAY_SIZE(misc); i++) {
		ret = misc_register(&misc[i]);
		if (ret)
			return ret;
	}
	if (take) {
		ret = misc_register(&taken);
		if (ret)
			return ret;
	}
	ret = add(&stream_cdev, "fo_stream_c", &stream_fops, &stream_number, FIRST_MINOR, MINORS);
	if (ret)
		return ret;
	ret = add(&other_cdev, "fo_other_c", &bare_fops, &other_number, 0, 1);
	if (ret)
		return ret;
#ifdef class_create
	class = class_create(THIS_MODULE, "fo_class_c");
#else
	class = class_create("fo_class_c");
#endif
	if (IS_ERR(class))
		return PTR_ERR(class);
	class->devnode = _Generic(class->devnode,
				  char *(*)(struct device *, umode_t *): name_plain,
				  char *(*)(const struct device *, umode_t *): name_stream);
	for (i = 0; i < MINORS; i++) {
		dev = device_create(class, NULL, stream_number + i, NULL, "fo_stream_c%d", i);
		if (IS_ERR(dev))
			return PTR_ERR(dev);
	}
	dev = device_create(class, NULL, other_number, NULL, "fo_other_c");
	return PTR_ERR_OR_ZERO(dev);
}

static void __exit vm_fileops_c_exit(void)
{
	int i;

	device_destroy(class, other_number);
	for (i = 0; i < MINORS; i++)
		device_destroy(class, stream_number + i);
	class_destroy(class);
	cdev_del(other_cdev);
	unregister_chrdev_region(other_number, 1);
	cdev_del(stream_cdev);
	unregister_chrdev_region(stream_number, MINORS);
	if (take)
		misc_deregister(&taken);
	for (i = 0; i < ARRAY_SIZE(misc); i++)
		misc_deregister(&misc[i]);
}

module_init(vm_fileops_c_init);
module_exit(vm_fileops_c_exit);

MODULE_DESCRIPTION("Devices of every kind, in C");
MODULE_LICENSE("GPL");
