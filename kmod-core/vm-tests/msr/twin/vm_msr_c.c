// SPDX-License-Identifier: GPL-2.0-only
/* What CPUs have and tell, in C. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include <asm/msr.h>
#include <asm/processor.h>
#if __has_include(<asm/cpuid/api.h>)
#include <asm/cpuid/api.h>
#endif

static u64 answer[4];

static int run(const char *op, u32 first, u32 second)
{
	u32 told[4];
	int error, i;

	memset(answer, 0, sizeof(answer));
	if (!strcmp(op, "msr")) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
		return rdmsrq_safe_on_cpu(first, second, &answer[0]);
#else
		return rdmsrl_safe_on_cpu(first, second, &answer[0]);
#endif
	}
	if (!strcmp(op, "efer")) {
		u32 low, high;

		error = rdmsr_safe(MSR_EFER, &low, &high);
		answer[0] = low & 1;
		answer[1] = low >> 10 & 1;
		return error;
	}
	if (!strcmp(op, "cpuid") || !strcmp(op, "leaf")) {
		if (first > cpuid_eax(first & 0xffff0000))
			return -ENOENT;
		cpuid_count(first, second, &told[0], &told[1], &told[2], &told[3]);
		for (i = 0; i < 4; i++)
			answer[i] = told[i];
		return 0;
	}
	return -ENOTTY;
}

static ssize_t node_read(struct file *file, char __user *to, size_t size, loff_t *pos)
{
	char text[80];
	int length = scnprintf(text, sizeof(text), "%llx %llx %llx %llx", answer[0], answer[1],
			       answer[2], answer[3]);

	return simple_read_from_buffer(to, size, pos, text, length);
}

static ssize_t node_write(struct file *file, const char __user *from, size_t size, loff_t *pos)
{
	char text[65] = "", op[16];
	u32 first = 0, second = 0;
	int error;

	if (size >= sizeof(text))
		return -E2BIG;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	if (sscanf(text, "%15s %i %i", op, &first, &second) < 1)
		return -EINVAL;
	error = run(op, first, second);
	return error ?: size;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.read = node_read,
	.write = node_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_msr_c",
	.fops = &operations,
};
module_misc_device(node);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Reads registers of CPUs, in C");
