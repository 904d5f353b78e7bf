// SPDX-License-Identifier: GPL-2.0-only
/* The keyboard Typist 112, in C. */
#include <linux/device.h>
#include <linux/hid.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/version.h>

#define KEYS 30
#define SIGN 0xff000001
#define LOCK 2

static const u8 wrong[] = { 0x25, 0x65, 0x19, 0x00, 0x29, 0x65 };
static const u8 right[] = { 0x25, 0x73, 0x19, 0x00, 0x29, 0x73 };

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
static u8 *typist_fixup(struct hid_device *hid, u8 *bytes, unsigned int *size)
#else
static const u8 *typist_fixup(struct hid_device *hid, u8 *bytes, unsigned int *size)
#endif
{
	/* Later keyboards of the same ids have it right. */
	if (*size >= KEYS + sizeof(wrong) && !memcmp(bytes + KEYS, wrong, sizeof(wrong)))
		memcpy(bytes + KEYS, right, sizeof(right));
	else
		pr_info("typist_c: this keyboard tells of all its keys\n");
	return bytes;
}

static int typist_mapping(struct hid_device *hid, struct hid_input *input, struct hid_field *field,
			  struct hid_usage *usage, unsigned long **bit, int *max)
{
	if (usage->hid != SIGN)
		return 0;
	hid_map_usage(input, usage, bit, max, EV_KEY, KEY_PROG1);
	return 1;
}

static ssize_t fn_lock_show(struct device *device, struct device_attribute *attr, char *text)
{
	/* What a transport uses must not be on the stack. */
	u8 *report = kzalloc(2, GFP_KERNEL);
	int got;

	if (!report)
		return -ENOMEM;
	got = hid_hw_raw_request(to_hid_device(device), LOCK, report, 2, HID_FEATURE_REPORT,
				 HID_REQ_GET_REPORT);
	if (got >= 0)
		got = got == 2 && report[0] == LOCK ? sysfs_emit(text, "%u\n", report[1]) : -EPROTO;
	kfree(report);
	return got;
}

static ssize_t fn_lock_store(struct device *device, struct device_attribute *attr, const char *text,
			     size_t length)
{
	u8 lock, *report;
	int error = kstrtou8(text, 0, &lock);

	if (error)
		return error;
	if (lock > 1)
		return -EINVAL;
	report = kmalloc(2, GFP_KERNEL);
	if (!report)
		return -ENOMEM;
	report[0] = LOCK;
	report[1] = lock;
	error = hid_hw_raw_request(to_hid_device(device), LOCK, report, 2, HID_FEATURE_REPORT,
				   HID_REQ_SET_REPORT);
	kfree(report);
	return error < 0 ? error : length;
}
static DEVICE_ATTR_RW(fn_lock);

static int typist_probe(struct hid_device *hid, const struct hid_device_id *id)
{
	int error = hid_parse(hid);

	if (error)
		return error;
	error = hid_hw_start(hid, HID_CONNECT_DEFAULT);
	if (error)
		return error;
	error = device_create_file(&hid->dev, &dev_attr_fn_lock);
	if (error)
		hid_hw_stop(hid);
	return error;
}

static void typist_remove(struct hid_device *hid)
{
	device_remove_file(&hid->dev, &dev_attr_fn_lock);
	hid_hw_stop(hid);
}

static const struct hid_device_id typist_ids[] = {
	{ HID_USB_DEVICE(0x1209, 0x7195) },
	{}
};
MODULE_DEVICE_TABLE(hid, typist_ids);

static struct hid_driver typist_driver = {
	.name = "typist_c",
	.id_table = typist_ids,
	.probe = typist_probe,
	.remove = typist_remove,
	.report_fixup = typist_fixup,
	.input_mapping = typist_mapping,
};
module_hid_driver(typist_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives the keyboard Typist 112, in C");
