// SPDX-License-Identifier: GPL-2.0-only
/* A pad of several touches that shakes, and keys with scan codes, in C. */
#include <linux/fs.h>
#include <linux/input.h>
#include <linux/input/mt.h>
#include <linux/input/sparse-keymap.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/uaccess.h>

struct shaker {
	struct input_dev *device;
	int all[16][2];
	int count;
};

static struct shaker pad, stick, keys, switches;
static struct platform_device *parent;

static const struct key_entry keymap[] = {
	{ KE_KEY, 0x01, { KEY_PROG1 } },
	{ KE_KEY, 0x02, { KEY_WLAN } },
	{ KE_KEY, 0x80000002, { KEY_WLAN } },
	{ KE_KEY, 0x03, { BTN_LEFT } },
	{ KE_SW, 0x10, .sw = { SW_LID, 1 } },
	{ KE_SW, 0x11, .sw = { SW_LID, 0 } },
	{ KE_VSW, 0x20, .sw = { SW_TABLET_MODE } },
	{ KE_IGNORE, 0x30 },
	{ KE_END }
};

static const struct key_entry switchmap[] = {
	{ KE_SW, 0x10, .sw = { SW_DOCK, 1 } },
	{ KE_SW, 0x11, .sw = { SW_DOCK, 0 } },
	{ KE_END }
};

static int play(struct input_dev *device, void *data, struct ff_effect *effect)
{
	struct shaker *shaker = input_get_drvdata(device);
	int *to;

	if (shaker->count == ARRAY_SIZE(shaker->all))
		return 0;
	to = shaker->all[shaker->count++];
	if (effect->type == FF_RUMBLE) {
		to[0] = effect->u.rumble.strong_magnitude;
		to[1] = effect->u.rumble.weak_magnitude;
	} else {
		to[0] = effect->u.ramp.start_level;
		to[1] = effect->u.ramp.end_level;
	}
	return 0;
}

static bool scan(struct input_dev *device, const char *command, unsigned int code, bool on)
{
	const struct key_entry *entry;

	if (!strcmp(command, "scan"))
		return sparse_keymap_report_event(device, code, on, false);
	if (!strcmp(command, "tap"))
		return sparse_keymap_report_event(device, code, 1, true);
	entry = sparse_keymap_entry_from_scancode(device, code);
	if (!entry)
		return false;
	if (entry->type == KE_SW || entry->type == KE_VSW)
		pr_info("%#x is %d %u %u\n", code, entry->type, entry->sw.code, entry->sw.value);
	else
		pr_info("%#x is %d %u 0\n", code, entry->type, entry->keycode);
	return true;
}

static ssize_t c_write(struct file *file, const char __user *from, size_t bytes, loff_t *pos)
{
	int first = 0, tool = 0, active = 0;
	char text[64] = {}, command[16];

	if (bytes >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, bytes))
		return -EFAULT;
	sscanf(text, "%15s %d %d %d", command, &first, &tool, &active);
	if (!strcmp(command, "slot")) {
		/* What is beyond the last slot would go to the one before. */
		if (first < pad.device->mt->num_slots) {
			input_mt_slot(pad.device, first);
			input_mt_report_slot_state(pad.device, tool, active);
		}
	} else if (!strcmp(command, "x")) {
		input_report_abs(pad.device, ABS_MT_POSITION_X, first);
	} else if (!strcmp(command, "y")) {
		input_report_abs(pad.device, ABS_MT_POSITION_Y, first);
	} else if (!strcmp(command, "pressure")) {
		input_report_abs(pad.device, ABS_MT_PRESSURE, first);
	} else if (!strcmp(command, "distance")) {
		input_report_abs(pad.device, ABS_MT_DISTANCE, first);
	} else if (!strcmp(command, "scan") || !strcmp(command, "tap") || !strcmp(command, "entry")) {
		scan(switches.device, command, first, tool);
		if (!scan(keys.device, command, first, tool))
			return -ENOENT;
	} else if (!strcmp(command, "frame")) {
		input_mt_sync_frame(pad.device);
	} else if (!strcmp(command, "sync")) {
		input_sync(pad.device);
	} else {
		return -EINVAL;
	}
	return bytes;
}

static ssize_t c_read(struct file *file, char __user *to, size_t bytes, loff_t *pos)
{
	static char text[1024];
	struct shaker *shakers[] = { &pad, &stick };
	int length = 0, i, at;

	for (i = 0; i < 2; i++) {
		for (at = 0; at < shakers[i]->count; at++)
			length += scnprintf(text + length, sizeof(text) - length, "%d %u, ",
					    shakers[i]->all[at][0], shakers[i]->all[at][1]);
		length += scnprintf(text + length, sizeof(text) - length, "\n");
	}
	return simple_read_from_buffer(to, bytes, pos, text, length);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_touch_c",
	.fops = &c_fops,
	.mode = 0666,
};

static int make(struct shaker *shaker, const char *name)
{
	shaker->device = input_allocate_device();
	if (!shaker->device)
		return -ENOMEM;
	shaker->device->name = name;
	shaker->device->dev.parent = &parent->dev;
	input_set_drvdata(shaker->device, shaker);
	return 0;
}

static int __init touch_init(void)
{
	int error;

	parent = platform_device_register_simple("vm_touch_c", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	error = make(&pad, "vm_touch pad") ?: make(&stick, "vm_touch stick") ?:
		make(&keys, "vm_touch keys") ?: make(&switches, "vm_touch switches");
	if (error)
		return error;
	input_set_abs_params(pad.device, ABS_MT_POSITION_X, 0, 4095, 2, 0);
	input_set_abs_params(pad.device, ABS_MT_POSITION_Y, 0, 2047, 0, 0);
	input_abs_set_res(pad.device, ABS_MT_POSITION_Y, 10);
	input_set_abs_params(pad.device, ABS_MT_PRESSURE, 0, 255, 0, 0);
	input_set_capability(pad.device, EV_FF, FF_RUMBLE);
	input_set_abs_params(stick.device, ABS_X, -128, 127, 0, 0);
	input_set_capability(stick.device, EV_FF, FF_CONSTANT);
	error = input_mt_init_slots(pad.device, 4, INPUT_MT_DIRECT | INPUT_MT_DROP_UNUSED) ?:
		input_ff_create_memless(pad.device, NULL, play) ?:
		input_ff_create_memless(stick.device, NULL, play) ?:
		sparse_keymap_setup(keys.device, keymap, NULL) ?:
		sparse_keymap_setup(switches.device, switchmap, NULL) ?:
		input_register_device(pad.device) ?:
		input_register_device(stick.device) ?:
		input_register_device(keys.device) ?:
		input_register_device(switches.device);
	return error ?: misc_register(&node);
}

static void __exit touch_exit(void)
{
	misc_deregister(&node);
	input_unregister_device(switches.device);
	input_unregister_device(keys.device);
	input_unregister_device(stick.device);
	input_unregister_device(pad.device);
	platform_device_unregister(parent);
}

module_init(touch_init);
module_exit(touch_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A pad of several touches that shakes, and keys with scan codes, in C");
