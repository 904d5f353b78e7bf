// SPDX-License-Identifier: GPL-2.0-only
/* The same ports in C: the commands are those of /dev/vm_ports. And devices for the platform driver. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/uaccess.h>

static bool devices;
module_param(devices, bool, 0);

/* What the four ports have, whoever took them. */
static int get_seen(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%x %x %x %x\n", inb(0xe0), inb(0xe1), inb(0xe2), inb(0xe3));
}

static const struct kernel_param_ops seen_ops = {
	.get = get_seen,
};
module_param_cb(seen, &seen_ops, NULL, 0444);

static DEFINE_SPINLOCK(lock);
static u64 answer;

static u8 read_chip(u8 index)
{
	unsigned long flags;
	u8 value;

	spin_lock_irqsave(&lock, flags);
	outb(index, 0xe0);
	value = inb(0xe1);
	spin_unlock_irqrestore(&lock, flags);
	return value;
}

static void write_chip(u8 index, u8 value)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	outb(index, 0xe0);
	outb(value, 0xe1);
	spin_unlock_irqrestore(&lock, flags);
}

static int run(const char *command, u64 value)
{
	u64 most = !strcmp(command, "base") || !strcmp(command, "both") ? U16_MAX : U8_MAX;

	if (value > most)
		return -EINVAL;
	answer = 0;
	if (!strcmp(command, "device")) {
		write_chip(0x07, value);
		answer = read_chip(0x07);
	} else if (!strcmp(command, "base")) {
		write_chip(0x60, value);
		write_chip(0x61, value >> 8);
		answer = read_chip(0x60);
		answer |= read_chip(0x61) << 8;
	} else if (!strcmp(command, "last")) {
		write_chip(0xff, read_chip(0xff) + 1);
		answer = read_chip(0xff);
	} else if (!strcmp(command, "select")) {
		outb(value, 0xe0);
	} else if (!strcmp(command, "both")) {
		outw(value, 0xe2);
		answer = inw(0xe2);
	} else if (!strcmp(command, "byte")) {
		outb(value, 0xe3);
		answer = inb(0xe2);
	} else if (!strcmp(command, "inert")) {
		answer = U16_MAX;
	} else {
		return -EINVAL;
	}
	return 0;
}

static ssize_t c_write(struct file *file, const char __user *from, size_t length, loff_t *pos)
{
	char text[64] = {};
	char command[64];
	unsigned long long value = 0;
	int error;

	if (length >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, length))
		return -EFAULT;
	if (sscanf(text, "%63s %lli", command, &value) < 1)
		return -EINVAL;
	error = run(command, value);
	return error ? error : length;
}

static ssize_t c_read(struct file *file, char __user *to, size_t length, loff_t *pos)
{
	char text[24];
	int bytes = snprintf(text, sizeof(text), "%llx", answer);

	return simple_read_from_buffer(to, length, pos, text, bytes);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_ports_c",
	.fops = &c_fops,
	.mode = 0666,
};

/* The memory of pc-testdev: all of it; some; too little; not aligned; all of it once more. */
static const struct resource resources[][2] = {
	{ DEFINE_RES_MEM(0xff000000, 0x1000), DEFINE_RES_MEM(0xff001000, 0x100) },
	{ DEFINE_RES_MEM(0xff002000, 0xfff), DEFINE_RES_MEM(0xff003000, 0x100) },
	{ DEFINE_RES_MEM(0xff004002, 0x1000), DEFINE_RES_MEM(0xff006000, 0x100) },
	{ DEFINE_RES_MEM(0xff000000, 0x1000), DEFINE_RES_MEM(0xff007000, 0x100) },
	{ DEFINE_RES_MEM(0xff008000, 0x1000), {} },
};

static struct platform_device *made[ARRAY_SIZE(resources)];

static void unmake(void)
{
	unsigned int index;

	for (index = 0; index < ARRAY_SIZE(made); index++)
		platform_device_unregister(made[index]);
}

static int __init c_init(void)
{
	unsigned int index;
	int error;

	for (index = 0; devices && index < ARRAY_SIZE(made); index++) {
		made[index] = platform_device_register_simple("vm_ports_memory", index,
							      resources[index],
							      resources[index][1].end ? 2 : 1);
		if (IS_ERR(made[index])) {
			error = PTR_ERR(made[index]);
			made[index] = NULL;
			unmake();
			return error;
		}
	}
	if (devices)
		return 0;
	if (!request_region(0xe0, 2, "vm_ports_c"))
		return -EBUSY;
	if (!request_region(0xe2, 2, "vm_ports_c")) {
		error = -EBUSY;
		goto first;
	}
	error = misc_register(&node);
	if (!error)
		return 0;
	release_region(0xe2, 2);
first:
	release_region(0xe0, 2);
	return error;
}

static void __exit c_exit(void)
{
	if (devices) {
		unmake();
		return;
	}
	misc_deregister(&node);
	release_region(0xe2, 2);
	release_region(0xe0, 2);
}

module_init(c_init);
module_exit(c_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("I/O ports in C");
