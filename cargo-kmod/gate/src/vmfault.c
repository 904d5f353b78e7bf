// SPDX-License-Identifier: GPL-2.0-only
/* A module that does what a module must not, to prove that the VM's watch sees it. */

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

static char *what = "none";
module_param(what, charp, 0444);
MODULE_PARM_DESC(what, "none, warn, bug or oops; freed, beyond, sleep, shift, timer, locks, leak, race, forgets, trusts");

static DEFINE_SPINLOCK(one);
static DEFINE_SPINLOCK(other);
static struct timer_list timer;
static volatile int sink;

static void vmfault_timer(struct timer_list *unused)
{
}

static void both(spinlock_t *first, spinlock_t *second)
{
	spin_lock(first);
	spin_lock(second);
	spin_unlock(second);
	spin_unlock(first);
}

static int shared;
static DECLARE_COMPLETION(counted);

/* Counts, and so does another thread. */
static int count(void *unused)
{
	int i;

	for (i = 0; i < 1000000; i++) {
		shared++;
		barrier();
	}
	complete(&counted);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* A thread that is stopped before it began would never count. */
static void race(void)
{
	struct task_struct *threads[2];
	int i;

	for (i = 0; i < 2; i++)
		threads[i] = kthread_run(count, NULL, "vmfault/%d", i);
	for (i = 0; i < 2; i++)
		if (!IS_ERR(threads[i]))
			wait_for_completion(&counted);
	for (i = 0; i < 2; i++)
		if (!IS_ERR(threads[i]))
			kthread_stop(threads[i]);
}

/* What only a kernel sees that checks itself: nothing else comes of it. */
static void unseen(void)
{
	char *memory = kmalloc(64, GFP_KERNEL);

	if (!memory)
		return;
	/* The compiler must not know what it is. */
	OPTIMIZER_HIDE_VAR(memory);
	if (!strcmp(what, "leak")) {
		memset(memory, 0, 64);
		return;
	}
	if (!strcmp(what, "beyond"))
		sink = READ_ONCE(memory[64]);
	kfree(memory);
	OPTIMIZER_HIDE_VAR(memory);
	if (!strcmp(what, "freed"))
		sink = READ_ONCE(memory[8]);
	if (!strcmp(what, "sleep")) {
		spin_lock(&one);
		might_sleep();
		spin_unlock(&one);
	}
	if (!strcmp(what, "shift")) {
		sink = 40;
		sink = 1 << sink;
	}
	if (!strcmp(what, "timer")) {
		timer_setup(&timer, vmfault_timer, 0);
		mod_timer(&timer, jiffies + 1000 * HZ);
		timer_setup(&timer, vmfault_timer, 0);
	}
	if (!strcmp(what, "locks")) {
		both(&one, &other);
		both(&other, &one);
	}
	if (!strcmp(what, "race"))
		race();
}

/* What is wrong only where the second allocation fails: it forgets the first. */
static int forgets(void)
{
	char *first = kmalloc(64, GFP_KERNEL);
	char *second;

	if (!first)
		return -ENOMEM;
	second = kmalloc(64, GFP_KERNEL);
	if (!second)
		return -ENOMEM;
	kfree(second);
	kfree(first);
	return 0;
}

/* What is wrong only where its allocation fails: it does not ask. */
static int trusts(void)
{
	char *memory = kmalloc(64, GFP_KERNEL);

	*(volatile char *)memory = 1;
	kfree(memory);
	return 0;
}

static int __init vmfault_init(void)
{
	pr_info("vmfault: %s\n", what);
	if (!strcmp(what, "warn"))
		WARN(1, "vmfault: a WARN on purpose\n");
	if (!strcmp(what, "bug"))
		BUG();
	if (!strcmp(what, "oops"))
		*(volatile int *)8 = 1;
	if (!strcmp(what, "forgets"))
		return forgets();
	if (!strcmp(what, "trusts"))
		return trusts();
	unseen();
	return 0;
}

static void __exit vmfault_exit(void)
{
}

module_init(vmfault_init);
module_exit(vmfault_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Does wrong on purpose");
