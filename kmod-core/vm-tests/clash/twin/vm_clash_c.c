// SPDX-License-Identifier: GPL-2.0-only
/* A module that asks for a class of a name that is taken, or for a misc device, in C. */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

#ifdef class_create /* before 6.4 */
#define create(name) class_create(THIS_MODULE, name)
#else
#define create(name) class_create(name)
#endif

static int minor = -1;
module_param(minor, int, 0444);
MODULE_PARM_DESC(minor, "Take this minor number, and no class");

static const struct file_operations fops = {
	.owner = THIS_MODULE,
};

static struct miscdevice device = {
	.name = "vm_fixed_c",
	.fops = &fops,
};

static int __init vm_clash_c_init(void)
{
	struct class *class;

	if (minor >= 0) {
		device.minor = minor;
		return misc_register(&device);
	}
	class = create("mem");
	if (IS_ERR(class))
		return PTR_ERR(class);
	class_destroy(class);
	return -EINVAL;
}

static void __exit vm_clash_c_exit(void)
{
	misc_deregister(&device);
}

module_init(vm_clash_c_init);
module_exit(vm_clash_c_exit);

MODULE_DESCRIPTION("A name that is taken, for the tests, in C");
MODULE_LICENSE("GPL");
