// SPDX-License-Identifier: GPL-2.0-only
/* The checksum example in C. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define TEXT_MAX 4096

static DEFINE_MUTEX(desk);
static u32 last;

/* What the thread adds up next, and what came out; who waits for it has the desk. */
static struct task_struct *thread;
static DECLARE_COMPLETION(done);
static const u8 *text;
static size_t text_len;
static u32 sum;
static bool is_wanted;

static u32 adler32(const u8 *bytes, size_t len)
{
	u32 low = 1, high = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		low = (low + bytes[i]) % 65521;
		high = (high + low) % 65521;
	}
	return high << 16 | low;
}

static int adder_run(void *unused)
{
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		if (smp_load_acquire(&is_wanted)) {
			__set_current_state(TASK_RUNNING);
			is_wanted = false;
			sum = adler32(text, text_len);
			complete(&done);
			continue;
		}
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static ssize_t desk_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	char line[16];
	u32 now;

	mutex_lock(&desk);
	now = last;
	mutex_unlock(&desk);
	snprintf(line, sizeof(line), "%08x\n", now);
	return simple_read_from_buffer(buf, len, pos, line, strlen(line));
}

static ssize_t desk_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	u8 *bytes;

	if (len > TEXT_MAX)
		return -EINVAL;
	bytes = memdup_user(buf, len);
	if (IS_ERR(bytes))
		return PTR_ERR(bytes);
	mutex_lock(&desk);
	text = bytes;
	text_len = len;
	smp_store_release(&is_wanted, true);
	wake_up_process(thread);
	wait_for_completion(&done);
	last = sum;
	mutex_unlock(&desk);
	kfree(bytes);
	return len;
}

static const struct file_operations desk_fops = {
	.owner = THIS_MODULE,
	.read = desk_read,
	.write = desk_write,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.mode = 0666,
	.fops = &desk_fops,
};

static int __init checksum_init(void)
{
	int ret;

	thread = kthread_create(adder_run, NULL, KBUILD_MODNAME);
	if (IS_ERR(thread))
		return PTR_ERR(thread);
	set_user_nice(thread, 10);
	wake_up_process(thread);
	ret = misc_register(&device);
	if (ret)
		kthread_stop(thread);
	return ret;
}

static void __exit checksum_exit(void)
{
	misc_deregister(&device);
	kthread_stop(thread);
}

module_init(checksum_init);
module_exit(checksum_exit);
MODULE_AUTHOR("The kmod developers");
MODULE_DESCRIPTION("Adds up what is written, in a thread");
MODULE_LICENSE("GPL");
