// SPDX-License-Identifier: GPL-2.0-only
/* The input device of vm_classes that reports what it is told, in C. */
#include <linux/input.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/string.h>

static struct input_dev *keys;

static const struct {
	const char *name;
	unsigned int type;
	unsigned int code;
	bool is_bool;
} codes[] = {
	{ "KEY_A", EV_KEY, KEY_A, true },     { "BTN_LEFT", EV_KEY, BTN_LEFT, true },
	{ "KEY_Z", EV_KEY, KEY_Z, true },     { "REL_X", EV_REL, REL_X },
	{ "REL_Y", EV_REL, REL_Y },	      { "ABS_X", EV_ABS, ABS_X },
	{ "ABS_Y", EV_ABS, ABS_Y },	      { "ABS_Z", EV_ABS, ABS_Z },
	{ "SW_LID", EV_SW, SW_LID, true },    { "SW_DOCK", EV_SW, SW_DOCK, true },
};

static ssize_t report_store(struct device *device, struct device_attribute *attr, const char *text,
			    size_t len)
{
	char name[16];
	int value, i;

	if (sscanf(text, "%15s %d", name, &value) != 2)
		return -EINVAL;
	if (!strcmp(name, "SYN")) {
		input_sync(keys);
		return len;
	}
	for (i = 0; i < ARRAY_SIZE(codes); i++) {
		if (strcmp(name, codes[i].name))
			continue;
		input_event(keys, codes[i].type, codes[i].code, codes[i].is_bool ? !!value : value);
		return len;
	}
	return -EINVAL;
}
static DEVICE_ATTR_WO(report);

static struct platform_device *parent;

static int __init input_init_twin(void)
{
	int ret = -ENOMEM;

	parent = platform_device_register_simple("vm_classes_input", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	keys = input_allocate_device();
	if (!keys)
		goto undo;
	keys->name = "vm_classes keys";
	keys->dev.parent = &parent->dev;
	keys->id.bustype = BUS_HOST;
	keys->id.vendor = 0x1234;
	keys->id.product = 0xffff;
	keys->id.version = 7;
	input_set_capability(keys, EV_KEY, KEY_A);
	input_set_capability(keys, EV_KEY, BTN_LEFT);
	input_set_capability(keys, EV_REL, REL_X);
	input_set_capability(keys, EV_REL, REL_WHEEL);
	input_set_capability(keys, EV_SW, SW_LID);
	input_set_abs_params(keys, ABS_X, -10, 10, 2, 0);
	input_set_abs_params(keys, ABS_Y, 0, 255, 0, 3);
	input_abs_set_res(keys, ABS_Y, 12);
	ret = input_register_device(keys);
	if (ret) {
		input_free_device(keys);
		goto undo;
	}
	ret = device_create_file(&parent->dev, &dev_attr_report);
	if (!ret)
		return 0;
	input_unregister_device(keys);
undo:
	platform_device_unregister(parent);
	return ret;
}

static void __exit input_exit_twin(void)
{
	device_remove_file(&parent->dev, &dev_attr_report);
	input_unregister_device(keys);
	platform_device_unregister(parent);
}

module_init(input_init_twin);
module_exit(input_exit_twin);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Keys");
