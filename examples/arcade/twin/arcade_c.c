// SPDX-License-Identifier: GPL-2.0-only
/* The motors of the gamepad Arcade 4, in C. */
#include <linux/hid.h>
#include <linux/input.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define MOTORS 4

struct pad {
	struct hid_device *hid;
	struct work_struct work;
	spinlock_t lock;
	u8 strong;
	u8 weak;
	bool rests;
};

static void tell(struct hid_device *hid, u8 strong, u8 weak)
{
	/* What a transport uses must not be on the stack. */
	u8 *report = kmalloc(3, GFP_KERNEL);

	if (!report)
		return;
	report[0] = MOTORS;
	report[1] = strong;
	report[2] = weak;
	hid_hw_raw_request(hid, MOTORS, report, 3, HID_OUTPUT_REPORT, HID_REQ_SET_REPORT);
	kfree(report);
}

static void arcade_work(struct work_struct *work)
{
	struct pad *pad = container_of(work, struct pad, work);
	u8 strong, weak;

	spin_lock_irq(&pad->lock);
	strong = pad->strong;
	weak = pad->weak;
	spin_unlock_irq(&pad->lock);
	tell(pad->hid, strong, weak);
}

static int arcade_play(struct input_dev *device, void *data, struct ff_effect *effect)
{
	struct hid_device *hid = input_get_drvdata(device);
	struct pad *pad = hid_get_drvdata(hid);
	unsigned long flags;

	if (effect->type != FF_RUMBLE)
		return 0;
	spin_lock_irqsave(&pad->lock, flags);
	pad->strong = effect->u.rumble.strong_magnitude >> 8;
	pad->weak = effect->u.rumble.weak_magnitude >> 8;
	if (!pad->rests)
		schedule_work(&pad->work);
	spin_unlock_irqrestore(&pad->lock, flags);
	return 0;
}

static int arcade_configured(struct hid_device *hid, struct hid_input *input)
{
	input_set_capability(input->input, EV_FF, FF_RUMBLE);
	return input_ff_create_memless(input->input, NULL, arcade_play);
}

static int arcade_probe(struct hid_device *hid, const struct hid_device_id *id)
{
	struct pad *pad = devm_kzalloc(&hid->dev, sizeof(*pad), GFP_KERNEL);
	int error;

	if (!pad)
		return -ENOMEM;
	pad->hid = hid;
	spin_lock_init(&pad->lock);
	INIT_WORK(&pad->work, arcade_work);
	hid_set_drvdata(hid, pad);
	error = hid_parse(hid);
	if (error)
		return error;
	return hid_hw_start(hid, HID_CONNECT_DEFAULT & ~HID_CONNECT_FF);
}

static void arcade_remove(struct hid_device *hid)
{
	struct pad *pad = hid_get_drvdata(hid);

	spin_lock_irq(&pad->lock);
	pad->rests = true;
	spin_unlock_irq(&pad->lock);
	cancel_work_sync(&pad->work);
	tell(hid, 0, 0);
	hid_hw_stop(hid);
}

static const struct hid_device_id arcade_ids[] = {
	{ HID_USB_DEVICE(0x1209, 0xa4ca) },
	{ HID_BLUETOOTH_DEVICE(0x1209, 0xa4ca) },
	{}
};
MODULE_DEVICE_TABLE(hid, arcade_ids);

static struct hid_driver arcade_driver = {
	.name = "arcade_c",
	.id_table = arcade_ids,
	.probe = arcade_probe,
	.remove = arcade_remove,
	.input_configured = arcade_configured,
};
module_hid_driver(arcade_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives the motors of the gamepad Arcade 4, in C");
