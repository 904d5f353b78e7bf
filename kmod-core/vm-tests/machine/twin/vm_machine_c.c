// SPDX-License-Identifier: GPL-2.0-only
/* A driver for some machines only, in C. */
#include <linux/dmi.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static const struct dmi_system_id HERE[] = {
	{ .matches = { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Acme"),
		       DMI_EXACT_MATCH(DMI_PRODUCT_NAME, "Nimbus 2") } },
	{ .matches = { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Acme"),
		       DMI_MATCH(DMI_PRODUCT_NAME, "Nimbus 3") } },
	{}
};
MODULE_DEVICE_TABLE(dmi, HERE);

static const struct dmi_system_id ELSEWHERE[] = {
	{ .matches = { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Acme"),
		       DMI_EXACT_MATCH(DMI_PRODUCT_NAME, "Nimbus 3") } },
	{ .matches = { DMI_EXACT_MATCH(DMI_BOARD_NAME, "NB-200") } },
	{}
};
MODULE_DEVICE_TABLE(dmi, ELSEWHERE);

static struct platform_driver c_driver = {
	.driver = { .name = "vm_machine_c" },
};

static int __init c_init(void)
{
	if (!dmi_check_system(HERE))
		return -EINVAL;
	if (!dmi_check_system(ELSEWHERE))
		return -ENODEV;
	return platform_driver_register(&c_driver);
}

static void __exit c_exit(void)
{
	platform_driver_unregister(&c_driver);
}

module_init(c_init);
module_exit(c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A driver for some machines only, in C");
