// SPDX-License-Identifier: GPL-2.0-only
/* The same drivers in C: the same tables, and what they say of each device. */
#define pr_fmt(fmt) "vm_matching: " fmt
#include <linux/acpi.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/property.h>

static const char *said(struct platform_device *device)
{
	const struct platform_device_id *id = platform_get_device_id(device);
	const void *data = device_get_match_data(&device->dev);

	/* Of a driver with both tables, the kernel may not look into that of device trees for "PRP0001". */
	return data ?: id ? (const char *)id->driver_data : "?";
}

static int all_probe(struct platform_device *device)
{
	pr_info("found %s %s\n", dev_name(&device->dev), said(device));
	return 0;
}

static int of_probe(struct platform_device *device)
{
	pr_info("found %s %lu\n", dev_name(&device->dev),
		(unsigned long)device_get_match_data(&device->dev));
	return 0;
}

static int plain_probe(struct platform_device *device)
{
	pr_info("found %s plain\n", dev_name(&device->dev));
	return 0;
}

static const struct platform_device_id all_names[] = {
	{ "vm_matching_all", (kernel_ulong_t)"own" },
	{ "vm-matching-one", (kernel_ulong_t)"one" },
	{}
};
MODULE_DEVICE_TABLE(platform, all_names);

static const struct acpi_device_id all_acpi[] = {
	{ "KMOD0A01", (kernel_ulong_t)"hid" },
	{ "KMOD0A02", (kernel_ulong_t)"cid" },
	{ "QEMU0002", (kernel_ulong_t)"fw_cfg" },
	{}
};
MODULE_DEVICE_TABLE(acpi, all_acpi);

static const struct of_device_id all_of[] = {
	{ .compatible = "kmod,all", .data = "all" },
	{ .compatible = "qemu,fw-cfg-mmio", .data = "fw_cfg" },
	{}
};
MODULE_DEVICE_TABLE(of, all_of);

static const struct of_device_id of_only[] = {
	{ .compatible = "kmod,common", .data = (void *)1 },
	{ .compatible = "kmod,special", .data = (void *)2 },
	{}
};
MODULE_DEVICE_TABLE(of, of_only);

static const struct acpi_device_id plain_acpi[] = { { "KMOD0A03" }, {} };
MODULE_DEVICE_TABLE(acpi, plain_acpi);

static const struct of_device_id plain_of[] = { { .compatible = "kmod,plain" }, {} };
MODULE_DEVICE_TABLE(of, plain_of);

static struct platform_driver drivers[] = {
	{
		.driver = { .name = "vm_matching_all", .acpi_match_table = all_acpi,
			    .of_match_table = all_of },
		.id_table = all_names,
		.probe = all_probe,
	},
	{
		.driver = { .name = "vm_matching_of", .of_match_table = of_only },
		.probe = of_probe,
	},
	{
		.driver = { .name = "vm_matching_plain", .acpi_match_table = plain_acpi,
			    .of_match_table = plain_of },
		.probe = plain_probe,
	},
};

static struct platform_driver *const all[] = { &drivers[0], &drivers[1], &drivers[2] };
static struct platform_device *devices[3];

static void __exit c_exit(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(devices); i++)
		platform_device_unregister(devices[i]);
	platform_unregister_drivers(all, ARRAY_SIZE(all));
}

static int __init c_init(void)
{
	int error = platform_register_drivers(all, ARRAY_SIZE(all));

	if (error)
		return error;
	devices[0] = platform_device_register_simple("vm_matching_all", 0, NULL, 0);
	devices[1] = platform_device_register_simple("vm_matching_all", 1, NULL, 0);
	devices[2] = platform_device_register_simple("vm_matching_plain", -1, NULL, 0);
	return 0;
}

module_init(c_init);
module_exit(c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drivers that are found in several ways, in C");
