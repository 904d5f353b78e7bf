// SPDX-License-Identifier: GPL-2.0-only
/* The device of bench_misc, in C. */
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

#define BENCH_GET	_IOR(0xb9, 0x01, u32)
#define BENCH_SET	_IOW(0xb9, 0x02, u32)

static DEFINE_MUTEX(lock);
static u32 number;

static long number_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	u32 __user *user = (u32 __user *)arg;
	u32 value;

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
	}
	return -ENOTTY;
}

static const struct file_operations number_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = number_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice number_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.fops = &number_fops,
};

module_misc_device(number_misc);
MODULE_DESCRIPTION("A number behind two ioctls");
MODULE_LICENSE("GPL");
