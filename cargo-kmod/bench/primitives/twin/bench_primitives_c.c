// SPDX-License-Identifier: GPL-2.0-only
/* The loops of bench_primitives, in C. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/version.h>

#define MINORS 6

static unsigned int step = 1;
module_param(step, uint, 0644);
MODULE_PARM_DESC(step, "Read in a loop");

static DEFINE_MUTEX(mutex);
static DEFINE_SPINLOCK(lock);
static u64 mutexed, locked, sum;

static ssize_t loops_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	size_t i;
	u64 *value;

	switch (iminor(file_inode(file))) {
	case 0:
		break;
	case 1:
		for (i = 0; i < len; i++) {
			mutex_lock(&mutex);
			mutexed++;
			mutex_unlock(&mutex);
		}
		break;
	case 2:
		for (i = 0; i < len; i++) {
			spin_lock(&lock);
			locked++;
			spin_unlock(&lock);
		}
		break;
	case 3:
		for (i = 0; i < len; i++) {
			value = kmalloc(sizeof(*value), GFP_KERNEL);
			if (!value)
				return -ENOMEM;
			*value = READ_ONCE(sum);
			WRITE_ONCE(sum, *value);
			kfree(value);
		}
		break;
	case 4:
		for (i = 0; i < len; i++)
			WRITE_ONCE(sum, READ_ONCE(sum) + READ_ONCE(step));
		break;
	default:
		for (i = 0; i < len; i++)
			pr_debug("turn %zu\n", i);
	}
	*pos += len;
	return len;
}

static const struct file_operations loops_fops = {
	.owner = THIS_MODULE,
	.write = loops_write,
};

static dev_t first;
static struct cdev *cdev;
static struct class *class;

static void remove_nodes(unsigned int count)
{
	while (count--)
		device_destroy(class, first + count);
	class_destroy(class);
}

static int __init bench_init(void)
{
	struct device *dev;
	unsigned int i;
	int ret;

	ret = alloc_chrdev_region(&first, 0, MINORS, KBUILD_MODNAME);
	if (ret)
		return ret;
	ret = -ENOMEM;
	cdev = cdev_alloc();
	if (!cdev)
		goto unregister;
	cdev->owner = THIS_MODULE;
	cdev->ops = &loops_fops;
	ret = cdev_add(cdev, first, MINORS);
	if (ret)
		goto del;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	class = class_create(KBUILD_MODNAME);
#else
	class = class_create(THIS_MODULE, KBUILD_MODNAME);
#endif
	ret = PTR_ERR_OR_ZERO(class);
	if (ret)
		goto del;
	for (i = 0; i < MINORS; i++) {
		dev = device_create(class, NULL, first + i, NULL, KBUILD_MODNAME "%u", i);
		ret = PTR_ERR_OR_ZERO(dev);
		if (ret)
			goto nodes;
	}
	return 0;

nodes:
	remove_nodes(i);
del:
	cdev_del(cdev);
unregister:
	unregister_chrdev_region(first, MINORS);
	return ret;
}

static void __exit bench_exit(void)
{
	remove_nodes(MINORS);
	cdev_del(cdev);
	unregister_chrdev_region(first, MINORS);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Loops around locks, memory, a parameter and a log line that is off");
MODULE_LICENSE("GPL");
