// SPDX-License-Identifier: GPL-2.0-only
/* A module that asks for a class of a name that is taken, in C. */
#include <linux/device.h>
#include <linux/module.h>

#ifdef class_create /* before 6.4 */
#define create(name) class_create(THIS_MODULE, name)
#else
#define create(name) class_create(name)
#endif

static int __init vm_clash_c_init(void)
{
	struct class *class = create("mem");

	if (IS_ERR(class))
		return PTR_ERR(class);
	class_destroy(class);
	return 0;
}

static void __exit vm_clash_c_exit(void)
{
}

module_init(vm_clash_c_init);
module_exit(vm_clash_c_exit);

MODULE_DESCRIPTION("A name that is taken, for the tests, in C");
MODULE_LICENSE("GPL");
