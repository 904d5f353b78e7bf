// SPDX-License-Identifier: GPL-2.0-only
/* The radio of vm_classes that is told how it is, in C. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rfkill.h>
#include <linux/string.h>

static struct rfkill *radio;
static bool is_slid, is_stubborn, is_off;

static int radio_set_block(void *data, bool blocked)
{
	if (is_stubborn) {
		rfkill_set_sw_state(radio, true);
		return -EIO;
	}
	is_off = blocked;
	return 0;
}

static void radio_query(struct rfkill *rfkill, void *data)
{
	rfkill_set_hw_state(rfkill, is_slid);
}

static const struct rfkill_ops ops = {
	.set_block = radio_set_block,
	.query = radio_query,
};

static ssize_t radio_tells_show(struct device *device, struct device_attribute *attr, char *text)
{
	return sprintf(text, "%d %d\n", rfkill_blocked(radio), is_off);
}

static ssize_t radio_tells_store(struct device *device, struct device_attribute *attr,
				 const char *text, size_t len)
{
	char what[16];
	int is_so;

	if (sscanf(text, "%15s %d", what, &is_so) != 2 || is_so < 0 || is_so > 1)
		return -EINVAL;
	if (!strcmp(what, "hw"))
		rfkill_set_hw_state(radio, is_so);
	else if (!strcmp(what, "sw"))
		rfkill_set_sw_state(radio, is_so);
	else if (!strcmp(what, "slide"))
		is_slid = is_so;
	else if (!strcmp(what, "stubborn"))
		is_stubborn = is_so;
	else
		return -EINVAL;
	return len;
}
static DEVICE_ATTR_RW(radio_tells);

static struct platform_device *parent;

static int __init radio_init(void)
{
	int ret = -ENOMEM;

	parent = platform_device_register_simple("vm_classes_rfkill", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	radio = rfkill_alloc("vm_classes_radio", &parent->dev, RFKILL_TYPE_BLUETOOTH, &ops, NULL);
	if (!radio)
		goto no_radio;
	ret = rfkill_register(radio);
	if (ret)
		goto destroy;
	ret = device_create_file(&parent->dev, &dev_attr_radio_tells);
	if (!ret)
		return 0;
	rfkill_unregister(radio);
destroy:
	rfkill_destroy(radio);
no_radio:
	platform_device_unregister(parent);
	return ret;
}

static void __exit radio_exit(void)
{
	device_remove_file(&parent->dev, &dev_attr_radio_tells);
	rfkill_unregister(radio);
	rfkill_destroy(radio);
	platform_device_unregister(parent);
}

module_init(radio_init);
module_exit(radio_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A radio");
