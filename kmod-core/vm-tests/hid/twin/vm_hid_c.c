// SPDX-License-Identifier: GPL-2.0-only
/* The driver of the keyboard in C. */
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/leds.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static unsigned int fail;
module_param(fail, uint, 0644);
static unsigned int fixup;
module_param(fixup, uint, 0644);

static struct hid_device *keyboard;
static u8 answer[32];
static int answered;
static unsigned int reports, length, events, controls;

static u8 other[] = {
	0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x85, 0x01, 0x05, 0x07, 0x09, 0x1d, 0x15, 0x00, 0x25, 0x01,
	0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x85, 0x03, 0x06, 0x00, 0xff, 0x09, 0x02, 0x75, 0x08, 0x95,
	0x04, 0x81, 0x02, 0xc0,
};

static bool is_large(const struct hid_device *hid)
{
	return hid->vendor == 0x1235 || hid->product == 2;
}

#define FIXUP(type)									\
	static type *__maybe_unused fixup_##type(struct hid_device *hid, __u8 *bytes,	\
						 unsigned int *size)			\
	{										\
		switch (fixup) {							\
		case 1:									\
			if (*size >= 14) {						\
				bytes[11] = 0x1e + is_large(hid);			\
				bytes[13] = bytes[11] + 7;				\
			}								\
			return bytes;							\
		case 2:									\
			*size = 5;							\
			return bytes;							\
		case 3:									\
			*size = sizeof(other);						\
			return other;							\
		case 4:									\
			*size = 0;							\
			return bytes;							\
		}									\
		return bytes;								\
	}

typedef const __u8 constant;
typedef __u8 changing;
FIXUP(constant)
FIXUP(changing)

static int raw_event(struct hid_device *hid, struct hid_report *report, u8 *bytes, int size)
{
	reports++;
	length = size;
	if (size >= 2 && bytes[0] == 3 && bytes[1] == 0xee)
		return -EIO;
	if (size >= 3 && bytes[0] == 3 && bytes[1] == 0xff)
		bytes[2] = 0x55;
	return 0;
}

static int event(struct hid_device *hid, struct hid_field *field, struct hid_usage *usage,
		 __s32 value)
{
	events++;
	return usage->hid == 0x70005;
}

static int input_mapping(struct hid_device *hid, struct hid_input *input, struct hid_field *field,
			 struct hid_usage *usage, unsigned long **bit, int *max)
{
	controls++;
	if (field->application != 0x10006 || field->report->id != 1)
		return 0;
	switch (usage->hid) {
	case 0x70006:
		return -1;
	case 0x70007:
		hid_map_usage(input, usage, bit, max, EV_KEY, KEY_PHONE);
		return 1;
	case 0x7000a:
		hid_map_usage(input, usage, bit, max, EV_REL, REL_X);
		return 1;
	case 0x7000b:
		hid_map_usage(input, usage, bit, max, EV_ABS, ABS_Y);
		return 1;
	}
	return 0;
}

static int run(const char *op, int kind, int number, int size)
{
	u8 *bytes = kmalloc(size, GFP_KERNEL);
	int done = -ENOTTY;
	__be32 told;

	if (!bytes)
		return -ENOMEM;
	memset(bytes, 0x77, size);
	if (size)
		bytes[0] = number;
	answered = 0;
	if (!strcmp(op, "get")) {
		done = hid_hw_raw_request(keyboard, number, bytes, size, kind,
					  HID_REQ_GET_REPORT);
		answered = clamp_t(int, done, 0, sizeof(answer));
		memcpy(answer, bytes, answered);
	} else if (!strcmp(op, "counts")) {
		__be32 counts[] = { cpu_to_be32(reports), cpu_to_be32(length),
				    cpu_to_be32(events), cpu_to_be32(controls) };

		answered = sizeof(counts);
		memcpy(answer, counts, answered);
		done = 0;
	} else {
		if (!strcmp(op, "set"))
			done = hid_hw_raw_request(keyboard, number, bytes, size, kind,
						  HID_REQ_SET_REPORT);
		else if (!strcmp(op, "output"))
			done = hid_hw_output_report(keyboard, bytes, size);
		if (done >= 0) {
			told = cpu_to_be32(done);
			answered = sizeof(told);
			memcpy(answer, &told, answered);
		}
	}
	kfree(bytes);
	return min(done, 0);
}

static ssize_t node_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	char text[2 * sizeof(answer) + 1];

	scnprintf(text, sizeof(text), "%*phN", answered, answer);
	return simple_read_from_buffer(to, count, pos, text, 2 * answered);
}

static ssize_t node_write(struct file *file, const char __user *from, size_t count, loff_t *pos)
{
	char text[64] = "", op[16] = "";
	int kind = 0, number = 0, size = 0, error;

	if (count >= sizeof(text) || copy_from_user(text, from, count))
		return -EFAULT;
	if (sscanf(text, "%15s %d %i %i", op, &kind, &number, &size) < 1)
		return -EINVAL;
	error = run(op, kind, number, size);
	return error ?: count;
}

static const struct file_operations fops = {
	.owner = THIS_MODULE,
	.read = node_read,
	.write = node_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_hid_c0",
	.mode = 0666,
	.fops = &fops,
};

static int lamp(struct led_classdev *led, enum led_brightness brightness)
{
	u8 *report = kmalloc(2, GFP_KERNEL);
	int done;

	if (!report)
		return -ENOMEM;
	report[0] = 1;
	report[1] = brightness;
	done = hid_hw_raw_request(keyboard, 1, report, 2, HID_OUTPUT_REPORT, HID_REQ_SET_REPORT);
	kfree(report);
	return min(done, 0);
}

static struct led_classdev led = {
	.name = "vm_hid_c0",
	.max_brightness = 3,
	.brightness_set_blocking = lamp,
};

static int settings(struct hid_device *hid)
{
	u8 *bytes = kzalloc(4, GFP_KERNEL);
	int done = -ENOMEM;

	if (bytes) {
		bytes[0] = 2;
		done = hid_hw_raw_request(hid, 2, bytes, 4, HID_FEATURE_REPORT,
					  HID_REQ_GET_REPORT);
	}
	kfree(bytes);
	return done;
}

static int probe(struct hid_device *hid, const struct hid_device_id *id)
{
	int error = hid_parse(hid);

	if (error)
		return error;
	error = hid_hw_start(hid, 0);
	if (error)
		return error;
	if (fail) {
		error = fail == 1 ? -EIO : -EPROBE_DEFER;
		goto stop;
	}
	settings(hid);
	keyboard = hid;
	reports = length = events = controls = 0;
	error = hid_connect(hid, HID_CONNECT_DEFAULT);
	if (error)
		goto stop;
	led.brightness = 0;
	error = led_classdev_register(&hid->dev, &led);
	if (error)
		goto stop;
	error = misc_register(&node);
	if (!error)
		return 0;
	led_classdev_unregister(&led);
stop:
	hid_hw_stop(hid);
	return error;
}

static void remove(struct hid_device *hid)
{
	settings(hid);
	misc_deregister(&node);
	led_classdev_unregister(&led);
	hid_hw_stop(hid);
}

static const struct hid_device_id ids[] = {
	{ HID_DEVICE(BUS_VIRTUAL, HID_GROUP_ANY, 0x1234, 1) },
	{ HID_DEVICE(BUS_VIRTUAL, HID_GROUP_ANY, 0x1234, 2) },
	{ HID_DEVICE(HID_BUS_ANY, HID_GROUP_ANY, 0x1234, 2) },
	{ HID_USB_DEVICE(0x1235, HID_ANY_ID) },
	{ HID_DEVICE(BUS_VIRTUAL, HID_GROUP_ANY, 0x1236, 1) },
	{ }
};
MODULE_DEVICE_TABLE(hid, ids);

static struct hid_driver driver = {
	.name = "vm_hid_c",
	.id_table = ids,
	.probe = probe,
	.remove = remove,
	.raw_event = raw_event,
	.event = event,
	.input_mapping = input_mapping,
};

static int __init begin(void)
{
	driver.report_fixup = _Generic(driver.report_fixup,
		__u8 *(*)(struct hid_device *, __u8 *, unsigned int *): fixup_changing,
		const __u8 *(*)(struct hid_device *, __u8 *, unsigned int *): fixup_constant);
	return hid_register_driver(&driver);
}
module_init(begin);

static void __exit end(void)
{
	hid_unregister_driver(&driver);
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The twin of vm_hid");
