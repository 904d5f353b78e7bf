// SPDX-License-Identifier: GPL-2.0-only
/* What the firmware tells of the machine, and which rows fit it, in C. */
#include <linux/dmi.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>

static const struct dmi_system_id NOT_THIS[] = {
	{ .matches = { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Acme"),
		       DMI_EXACT_MATCH(DMI_PRODUCT_NAME, "Nimbus 3") } },
	{ .matches = { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Acm") } },
	{ .matches = { DMI_MATCH(DMI_SYS_VENDOR, "Acme"), DMI_MATCH(DMI_PRODUCT_NAME, "Nimbus"),
		       DMI_MATCH(DMI_PRODUCT_VERSION, "7"),
		       DMI_EXACT_MATCH(DMI_BIOS_VENDOR, "Iron") } },
	{ .matches = { DMI_MATCH(DMI_BIOS_VERSION, "1.07 ") } },
	{}
};
MODULE_DEVICE_TABLE(dmi, NOT_THIS);

static const struct dmi_system_id MODELS[] = {
	{ .matches = { DMI_MATCH(DMI_PRODUCT_NAME, "nimbus") }, .driver_data = "small letters" },
	{ .matches = { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Acme"), DMI_MATCH(DMI_PRODUCT_NAME, "3 Pro"),
		       DMI_EXACT_MATCH(DMI_BIOS_VERSION, "1.07"),
		       DMI_MATCH(DMI_PRODUCT_FAMILY, "C") }, .driver_data = "by parts" },
	{ .matches = { DMI_EXACT_MATCH(DMI_SYS_VENDOR, "Acme") }, .driver_data = "by vendor" },
	{}
};
MODULE_DEVICE_TABLE(dmi, MODELS);

static char answer[2048];
static int length;

static ssize_t c_read(struct file *file, char __user *to, size_t bytes, loff_t *pos)
{
	return simple_read_from_buffer(to, bytes, pos, answer, length);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_firmware_c_machine",
	.fops = &c_fops,
	.mode = 0444,
};

static int __init c_init(void)
{
	const struct dmi_system_id *row;
	int field;

	for (field = DMI_BIOS_VENDOR; field <= DMI_CHASSIS_ASSET_TAG; field++) {
		const char *told = dmi_get_system_info(field);

		length += scnprintf(answer + length, sizeof(answer) - length, "%s%s\n",
				    told ? "+" : "-", told ?: "");
	}
	row = dmi_first_match(MODELS);
	length += scnprintf(answer + length, sizeof(answer) - length, "%d %s %s %s\n",
			    dmi_first_match(NOT_THIS) != NULL,
			    row ? (const char *)row->driver_data : "",
			    dmi_match(DMI_SYS_VENDOR, "Acme") ? "true" : "false",
			    dmi_match(DMI_SYS_VENDOR, "Acm") ? "true" : "false");
	return misc_register(&node);
}

static void __exit c_exit(void)
{
	misc_deregister(&node);
}

module_init(c_init);
module_exit(c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("What the firmware tells of the machine, in C");
