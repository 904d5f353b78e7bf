// SPDX-License-Identifier: GPL-2.0-only
/* The device of vm_instances that does what is written to it, in C. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static DECLARE_COMPLETION(done);
static int result;

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
	return misc_register(&armed);
}

static void __exit vm_instances_c_exit(void)
{
	misc_deregister(&armed);
}

module_init(vm_instances_c_init);
module_exit(vm_instances_c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("What is armed");
