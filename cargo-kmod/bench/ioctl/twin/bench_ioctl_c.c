// SPDX-License-Identifier: GPL-2.0-only
/* The device of bench_ioctl, in C. */
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#define BENCH_GET	_IOR(0xb8, 0x01, u32)
#define BENCH_SET	_IOW(0xb8, 0x02, u32)
#define BENCH_SWAP	_IOWR(0xb8, 0x03, u32)
#define BENCH_RESET	_IO(0xb8, 0x04)

static DEFINE_MUTEX(lock);
static u32 number;
static DECLARE_WAIT_QUEUE_HEAD(changed);

static long number_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	u32 __user *user = (u32 __user *)arg;
	u32 value, old;

	switch (cmd) {
	case BENCH_GET:
		mutex_lock(&lock);
		value = number;
		mutex_unlock(&lock);
		return put_user(value, user);
	case BENCH_SET:
		if (get_user(value, user))
			return -EFAULT;
		mutex_lock(&lock);
		number = value;
		mutex_unlock(&lock);
		return 0;
	case BENCH_SWAP:
		if (get_user(value, user))
			return -EFAULT;
		mutex_lock(&lock);
		old = number;
		number = value;
		mutex_unlock(&lock);
		return put_user(old, user);
	case BENCH_RESET:
		mutex_lock(&lock);
		number = 0;
		mutex_unlock(&lock);
		return 0;
	}
	return -ENOTTY;
}

static ssize_t number_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	u32 value;

	mutex_lock(&lock);
	value = number;
	mutex_unlock(&lock);
	if (iov_iter_count(to) < sizeof(value))
		return -EINVAL;
	if (copy_to_iter(&value, sizeof(value), to) != sizeof(value))
		return -EFAULT;
	iocb->ki_pos += sizeof(value);
	return sizeof(value);
}

static __poll_t number_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &changed, table);
	return EPOLLIN | EPOLLRDNORM;
}

static const struct file_operations number_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = number_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.read_iter = number_read_iter,
	.poll = number_poll,
};

static struct miscdevice number_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.fops = &number_fops,
};

module_misc_device(number_misc);
MODULE_DESCRIPTION("A number behind ioctls");
MODULE_LICENSE("GPL");
