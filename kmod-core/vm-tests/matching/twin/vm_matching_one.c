// SPDX-License-Identifier: GPL-2.0-only
/* Makes devices of names that are none of a driver's own, and one that no driver knows. */
#include <linux/module.h>
#include <linux/platform_device.h>

static struct platform_device *one, *none;

static int __init c_init(void)
{
	one = platform_device_register_simple("vm-matching-one", -1, NULL, 0);
	none = platform_device_register_simple("vm-matching-none", -1, NULL, 0);
	return 0;
}

static void __exit c_exit(void)
{
	platform_device_unregister(none);
	platform_device_unregister(one);
}

module_init(c_init);
module_exit(c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Devices of other names");
