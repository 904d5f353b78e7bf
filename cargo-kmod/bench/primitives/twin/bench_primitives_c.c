// SPDX-License-Identifier: GPL-2.0-only
/* The loops of bench_primitives, in C. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/version.h>

#define MINORS 12

static unsigned int step = 1;
module_param(step, uint, 0644);
MODULE_PARM_DESC(step, "Read in a loop");

static DEFINE_MUTEX(mutex);
static DEFINE_SPINLOCK(lock);
static DEFINE_SPINLOCK(bh);
static DEFINE_SPINLOCK(irq);
static DECLARE_RWSEM(many);
static DEFINE_SEQLOCK(seq);
static u64 pair[2];
static u64 __percpu *turns;
static u64 mutexed, locked, sum;

static ssize_t loops_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	unsigned long flags;
	unsigned int begun;
	u64 one, two;
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
	case 5:
		for (i = 0; i < len; i++)
			pr_debug("turn %zu\n", i);
		break;
	case 6:
		for (i = 0; i < len; i++) {
			spin_lock_bh(&bh);
			locked++;
			spin_unlock_bh(&bh);
		}
		break;
	case 7:
		for (i = 0; i < len; i++) {
			spin_lock_irqsave(&irq, flags);
			locked++;
			spin_unlock_irqrestore(&irq, flags);
		}
		break;
	case 8:
		for (i = 0; i < len; i++) {
			down_read(&many);
			one = mutexed;
			up_read(&many);
			WRITE_ONCE(sum, one);
		}
		break;
	case 9:
		for (i = 0; i < len; i++) {
			down_write(&many);
			mutexed++;
			up_write(&many);
		}
		break;
	case 10:
		for (i = 0; i < len; i++) {
			do {
				begun = read_seqbegin(&seq);
				one = READ_ONCE(pair[0]);
				two = READ_ONCE(pair[1]);
			} while (read_seqretry(&seq, begun));
			WRITE_ONCE(sum, one ^ two);
		}
		break;
	default:
		for (i = 0; i < len; i++)
			this_cpu_inc(*turns);
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

	turns = alloc_percpu(u64);
	if (!turns)
		return -ENOMEM;
	ret = alloc_chrdev_region(&first, 0, MINORS, KBUILD_MODNAME);
	if (ret)
		goto free;
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
free:
	free_percpu(turns);
	return ret;
}

static void __exit bench_exit(void)
{
	remove_nodes(MINORS);
	cdev_del(cdev);
	unregister_chrdev_region(first, MINORS);
	free_percpu(turns);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Loops around locks, memory, a parameter and a log line that is off");
MODULE_LICENSE("GPL");
