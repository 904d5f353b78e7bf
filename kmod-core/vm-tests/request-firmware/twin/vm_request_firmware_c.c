// SPDX-License-Identifier: GPL-2.0-only
/* The same in C, without a driver. */
#include <linux/firmware.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

static const char *const files[] = { "vm/one.bin", "vm/two.bin", "vm/absent.bin" };

static DEFINE_MUTEX(desk);
static const struct firmware *kept;

static ssize_t desk_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	ssize_t ret = -ENODATA;

	mutex_lock(&desk);
	if (kept)
		ret = simple_read_from_buffer(buf, len, pos, kept->data, kept->size);
	mutex_unlock(&desk);
	return ret;
}

static ssize_t desk_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	unsigned int which;
	int ret = kstrtouint_from_user(buf, len, 0, &which);

	if (ret)
		return ret;
	if (which >= ARRAY_SIZE(files))
		return -EINVAL;
	mutex_lock(&desk);
	release_firmware(kept);
	kept = NULL;
	ret = request_firmware(&kept, files[which], NULL);
	mutex_unlock(&desk);
	return ret ?: len;
}

static const struct file_operations desk_fops = {
	.owner = THIS_MODULE,
	.read = desk_read,
	.write = desk_write,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.mode = 0600,
	.fops = &desk_fops,
};

static int __init vm_request_firmware_init(void)
{
	return misc_register(&device);
}

static void __exit vm_request_firmware_exit(void)
{
	misc_deregister(&device);
	release_firmware(kept);
}

module_init(vm_request_firmware_init);
module_exit(vm_request_firmware_exit);
MODULE_DESCRIPTION("The same in C");
MODULE_FIRMWARE("vm/one.bin");
MODULE_FIRMWARE("vm/two.bin");
MODULE_FIRMWARE("vm/absent.bin");
MODULE_LICENSE("GPL");
