// SPDX-License-Identifier: GPL-2.0-only
/* The device of bench_device, in C. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#define SIZE (1 << 20)

static DEFINE_MUTEX(lock);
static u8 *data;

static ssize_t buffer_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	ssize_t ret;

	mutex_lock(&lock);
	ret = simple_read_from_buffer(buf, len, pos, data, SIZE);
	mutex_unlock(&lock);
	return ret;
}

static ssize_t buffer_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	ssize_t ret;

	if (*pos >= SIZE)
		return -ENOSPC;
	mutex_lock(&lock);
	ret = simple_write_to_buffer(data, SIZE, pos, buf, len);
	mutex_unlock(&lock);
	return ret;
}

static loff_t buffer_llseek(struct file *file, loff_t offset, int whence)
{
	return fixed_size_llseek(file, offset, whence, SIZE);
}

static const struct file_operations buffer_fops = {
	.owner = THIS_MODULE,
	.read = buffer_read,
	.write = buffer_write,
	.llseek = buffer_llseek,
};

static dev_t devt;
static struct cdev *cdev;
static struct class *class;

static int __init bench_init(void)
{
	struct device *dev;
	int ret;

	data = kvzalloc(SIZE, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	ret = alloc_chrdev_region(&devt, 0, 1, KBUILD_MODNAME);
	if (ret)
		goto free;
	ret = -ENOMEM;
	cdev = cdev_alloc();
	if (!cdev)
		goto unregister;
	cdev->owner = THIS_MODULE;
	cdev->ops = &buffer_fops;
	ret = cdev_add(cdev, devt, 1);
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
	dev = device_create(class, NULL, devt, NULL, KBUILD_MODNAME);
	ret = PTR_ERR_OR_ZERO(dev);
	if (ret)
		goto destroy;
	return 0;

destroy:
	class_destroy(class);
del:
	cdev_del(cdev);
unregister:
	unregister_chrdev_region(devt, 1);
free:
	kvfree(data);
	return ret;
}

static void __exit bench_exit(void)
{
	device_destroy(class, devt);
	class_destroy(class);
	cdev_del(cdev);
	unregister_chrdev_region(devt, 1);
	kvfree(data);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("A buffer of 1 MiB");
MODULE_LICENSE("GPL");
