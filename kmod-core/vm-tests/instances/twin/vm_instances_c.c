// SPDX-License-Identifier: GPL-2.0-only
/* The device of vm_instances that does what is written to it, in C. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/workqueue.h>

static DECLARE_COMPLETION(done);
static int result;

static DECLARE_COMPLETION(delayed_ran);
static DECLARE_COMPLETION(second_ran);
static DECLARE_COMPLETION(beside_ran);
static DECLARE_COMPLETION(go);
static int delayed_runs, second_runs;
static struct workqueue_struct *one_by_one;

static void run_delayed(struct work_struct *work)
{
	delayed_runs++;
	complete(&delayed_ran);
}

static void run_second(struct work_struct *work)
{
	second_runs++;
	complete(&second_ran);
}

static void run_beside(struct work_struct *work)
{
	complete(&beside_ran);
}

/* A work of its own for each. */
struct closure {
	struct work_struct work;
	bool is_first;
};

static int closures;

static int put(bool is_first);

static void run_closure(struct work_struct *work)
{
	struct closure *closure = container_of(work, struct closure, work);

	if (!closures++ && closure->is_first)
		put(false);
	kfree(closure);
}

static int put(bool is_first)
{
	struct closure *closure = kmalloc(sizeof(*closure), GFP_KERNEL);

	if (!closure)
		return -ENOMEM;
	closure->is_first = is_first;
	INIT_WORK(&closure->work, run_closure);
	queue_work(one_by_one, &closure->work);
	return 0;
}

static void run_blocker(struct work_struct *work)
{
	wait_for_completion(&go);
}

static DECLARE_DELAYED_WORK(delayed, run_delayed);
static DECLARE_WORK(second, run_second);
static DECLARE_WORK(beside, run_beside);
static DECLARE_WORK(blocker, run_blocker);

#define LONG (100000UL * HZ)

static DECLARE_COMPLETION(plain_ran);
static int plain_runs;

static void plain_expired(struct timer_list *timer)
{
	plain_runs++;
	complete(&plain_ran);
}

static DEFINE_TIMER(plain, plain_expired);

/* The kernel's functions have other names since 6.2. */
static int disarm(struct timer_list *timer, bool wait)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return wait ? timer_delete_sync(timer) : timer_delete(timer);
#else
	return wait ? del_timer_sync(timer) : del_timer(timer);
#endif
}

static struct hrtimer fine, date;
static DECLARE_COMPLETION(fine_ran);
static DECLARE_COMPLETION(date_ran);
static int fine_runs;

static enum hrtimer_restart expired(struct hrtimer *timer)
{
	if (timer == &fine)
		fine_runs++;
	complete(timer == &fine ? &fine_ran : &date_ran);
	return HRTIMER_NORESTART;
}

static void setup(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(timer, expired, clock, mode);
#else
	hrtimer_init(timer, clock, mode);
	timer->function = expired;
#endif
}

static int start(struct hrtimer *timer, s64 secs, enum hrtimer_mode mode)
{
	hrtimer_start(timer, ktime_set(secs, 0), mode);
	return 1;
}

static int run(const char *command)
{
	long left;

	if (!strcmp(command, "complete")) {
		complete(&done);
		return 0;
	}
	if (!strcmp(command, "complete_all")) {
		complete_all(&done);
		return 0;
	}
	if (!strcmp(command, "reinit")) {
		reinit_completion(&done);
		return 0;
	}
	if (!strcmp(command, "done"))
		return completion_done(&done);
	if (!strcmp(command, "try"))
		return try_wait_for_completion(&done);
	if (!strcmp(command, "wait"))
		return wait_for_completion_interruptible(&done);
	if (!strcmp(command, "killable"))
		return wait_for_completion_killable(&done);
	if (!strcmp(command, "uninterruptible")) {
		wait_for_completion(&done);
		return 0;
	}
	if (!strcmp(command, "timeout")) {
		left = wait_for_completion_interruptible_timeout(&done, msecs_to_jiffies(20));
		return left > 0 ? 0 : left ?: -ETIMEDOUT;
	}
	if (!strcmp(command, "delayed queue"))
		return schedule_delayed_work(&delayed, LONG);
	if (!strcmp(command, "delayed queue now"))
		return schedule_delayed_work(&delayed, 0);
	if (!strcmp(command, "delayed arm") || !strcmp(command, "delayed arm for ever")) {
		mod_delayed_work(system_wq, &delayed, LONG);
		return 1;
	}
	if (!strcmp(command, "delayed arm now")) {
		mod_delayed_work(system_wq, &delayed, 0);
		return 1;
	}
	if (!strcmp(command, "delayed disarm"))
		return cancel_delayed_work(&delayed);
	if (!strcmp(command, "delayed pending"))
		return delayed_work_pending(&delayed);
	if (!strcmp(command, "delayed ran"))
		return wait_for_completion_interruptible(&delayed_ran);
	if (!strcmp(command, "delayed runs"))
		return delayed_runs;
	if (!strcmp(command, "plain arm")) {
		mod_timer(&plain, jiffies + LONG);
		return 1;
	}
	if (!strcmp(command, "plain arm for ever")) {
		mod_timer(&plain, jiffies + MAX_JIFFY_OFFSET);
		return 1;
	}
	if (!strcmp(command, "plain arm now")) {
		mod_timer(&plain, jiffies + 1);
		return 1;
	}
	if (!strcmp(command, "plain disarm"))
		return disarm(&plain, false);
	if (!strcmp(command, "plain armed"))
		return timer_pending(&plain);
	if (!strcmp(command, "plain ran"))
		return wait_for_completion_interruptible(&plain_ran);
	if (!strcmp(command, "plain runs"))
		return plain_runs;
	if (!strcmp(command, "fine arm"))
		return start(&fine, 100000, HRTIMER_MODE_REL_SOFT);
	if (!strcmp(command, "fine arm for ever"))
		return start(&fine, KTIME_SEC_MAX, HRTIMER_MODE_REL_SOFT);
	if (!strcmp(command, "fine arm now"))
		return start(&fine, 0, HRTIMER_MODE_REL_SOFT);
	if (!strcmp(command, "fine disarm"))
		return hrtimer_try_to_cancel(&fine) > 0;
	if (!strcmp(command, "fine armed"))
		return hrtimer_is_queued(&fine);
	if (!strcmp(command, "fine ran"))
		return wait_for_completion_interruptible(&fine_ran);
	if (!strcmp(command, "fine runs"))
		return fine_runs;
	if (!strcmp(command, "date arm"))
		return start(&date, 5, HRTIMER_MODE_ABS_SOFT);
	if (!strcmp(command, "date ran"))
		return wait_for_completion_interruptible(&date_ran);
	if (!strcmp(command, "block"))
		return queue_work(one_by_one, &blocker);
	if (!strcmp(command, "unblock")) {
		complete(&go);
		return 0;
	}
	if (!strcmp(command, "second"))
		return queue_work(one_by_one, &second);
	if (!strcmp(command, "second ran"))
		return wait_for_completion_interruptible(&second_ran);
	if (!strcmp(command, "second runs"))
		return second_runs;
	if (!strcmp(command, "second flush")) {
		flush_work(&second);
		return 0;
	}
	if (!strcmp(command, "closure"))
		return put(true);
	if (!strcmp(command, "closures"))
		return closures;
	if (!strcmp(command, "flush")) {
		flush_workqueue(one_by_one);
		return 0;
	}
	if (!strcmp(command, "beside")) {
		queue_work(system_unbound_wq, &beside);
		return wait_for_completion_interruptible(&beside_ran);
	}
	return 1000;
}

static ssize_t armed_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	char text[16];
	int len = scnprintf(text, sizeof(text), "%d", result);

	return simple_read_from_buffer(buf, count, ppos, text, len);
}

static ssize_t armed_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	char command[33];
	int ret;

	if (count > sizeof(command) - 1)
		return -EINVAL;
	if (copy_from_user(command, buf, count))
		return -EFAULT;
	command[count] = '\0';
	ret = run(command);
	if (ret == 1000)
		return -EINVAL;
	result = ret;
	return count;
}

static const struct file_operations armed_fops = {
	.owner = THIS_MODULE,
	.read = armed_read,
	.write = armed_write,
};

static struct miscdevice armed = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_instances_c_armed",
	.fops = &armed_fops,
};

static int __init vm_instances_c_init(void)
{
	int ret;

	setup(&fine, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	setup(&date, CLOCK_REALTIME, HRTIMER_MODE_ABS_SOFT);
	one_by_one = alloc_ordered_workqueue("vm_instances_c", 0);
	if (!one_by_one)
		return -ENOMEM;
	ret = misc_register(&armed);
	if (ret)
		destroy_workqueue(one_by_one);
	return ret;
}

static void __exit vm_instances_c_exit(void)
{
	misc_deregister(&armed);
	disarm(&plain, true);
	hrtimer_cancel(&fine);
	hrtimer_cancel(&date);
	cancel_delayed_work_sync(&delayed);
	cancel_work_sync(&beside);
	destroy_workqueue(one_by_one);
}

module_init(vm_instances_c_init);
module_exit(vm_instances_c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("What is armed");
