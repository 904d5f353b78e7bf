// SPDX-License-Identifier: GPL-2.0-only
/* The loops of bench_primitives, in C. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#define MINORS 19

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
static u64 first_value = 1;
static u64 __rcu *rcu_value = (u64 __rcu *)&first_value;
static u64 __rcu *srcu_value = (u64 __rcu *)&first_value;
DEFINE_STATIC_SRCU(srcu);
static DECLARE_COMPLETION(done);

static void pinged(struct work_struct *work)
{
	complete(&done);
}

static DECLARE_WORK(ping, pinged);

static void expired(struct timer_list *timer)
{
	complete(&done);
}

static DEFINE_TIMER(soon, expired);
static DEFINE_TIMER(late, expired);

/* One task for all turns, as an author has it who does not want the cost of a new one in each. */
static struct task_struct *thread;
static bool is_started;

static int threaded(void *unused)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		if (xchg(&is_started, false)) {
			__set_current_state(TASK_RUNNING);
			complete(&done);
			continue;
		}
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static ssize_t loops_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	unsigned long flags;
	unsigned int begun;
	u64 one, two;
	int index;
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
	case 12:
		for (i = 0; i < len; i++) {
			rcu_read_lock();
			one = *rcu_dereference(rcu_value);
			rcu_read_unlock();
			WRITE_ONCE(sum, one);
		}
		break;
	case 13:
		for (i = 0; i < len; i++) {
			index = srcu_read_lock(&srcu);
			one = *srcu_dereference(srcu_value, &srcu);
			srcu_read_unlock(&srcu, index);
			WRITE_ONCE(sum, one);
		}
		break;
	case 14:
		for (i = 0; i < len; i++) {
			schedule_work(&ping);
			flush_work(&ping);
			reinit_completion(&done);
		}
		break;
	case 15:
		for (i = 0; i < len; i++) {
			schedule_work(&ping);
			wait_for_completion(&done);
		}
		break;
	case 16:
		for (i = 0; i < len; i++)
			mod_timer(&late, jiffies + 100000 * HZ);
		break;
	case 17:
		for (i = 0; i < len; i++) {
			mod_timer(&soon, jiffies + 1);
			wait_for_completion(&done);
		}
		break;
	case 18:
		for (i = 0; i < len; i++) {
			WRITE_ONCE(is_started, true);
			wake_up_process(thread);
			wait_for_completion(&done);
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
	thread = kthread_run(threaded, NULL, "bench_c");
	ret = PTR_ERR_OR_ZERO(thread);
	if (ret)
		goto free;
	ret = alloc_chrdev_region(&first, 0, MINORS, KBUILD_MODNAME);
	if (ret)
		goto stop;
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
stop:
	kthread_stop(thread);
free:
	free_percpu(turns);
	return ret;
}

static void __exit bench_exit(void)
{
	remove_nodes(MINORS);
	cancel_work_sync(&ping);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	timer_delete_sync(&soon);
	timer_delete_sync(&late);
#else
	del_timer_sync(&soon);
	del_timer_sync(&late);
#endif
	kthread_stop(thread);
	cdev_del(cdev);
	unregister_chrdev_region(first, MINORS);
	free_percpu(turns);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Loops around locks, memory, a parameter and a log line that is off");
MODULE_LICENSE("GPL");
