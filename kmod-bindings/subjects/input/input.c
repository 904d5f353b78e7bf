// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/slab.h>

static int open(struct input_dev *device)
{
	struct kmod_input *input = input_get_drvdata(device);

	return input->ops->open(input->data);
}

static void close(struct input_dev *device)
{
	struct kmod_input *input = input_get_drvdata(device);

	input->ops->close(input->data);
}

static void poll(struct input_dev *device)
{
	struct kmod_input *input = input_get_drvdata(device);

	input->ops->poll(input->data);
}

static void describe(struct input_dev *device, const struct kmod_input_plan *plan)
{
	unsigned int i;

	device->id.bustype = plan->bustype;
	device->id.vendor = plan->vendor;
	device->id.product = plan->product;
	device->id.version = plan->version;
	for (i = 0; i < plan->keys_count; i++)
		input_set_capability(device, EV_KEY, plan->keys[i]);
	for (i = 0; i < plan->relative_count; i++)
		input_set_capability(device, EV_REL, plan->relative[i]);
	for (i = 0; i < plan->switches_count; i++)
		input_set_capability(device, EV_SW, plan->switches[i]);
	for (i = 0; i < plan->absolute_count; i++) {
		const struct kmod_input_abs *abs = &plan->absolute[i];

		input_set_abs_params(device, abs->axis, abs->min, abs->max, abs->fuzz, abs->flat);
		/* Without memory for the axes, the registration fails. */
		if (device->absinfo)
			input_abs_set_res(device, abs->axis, abs->resolution);
	}
	for (i = 0; i < plan->force_feedback_count; i++)
		input_set_capability(device, EV_FF, plan->force_feedback[i]);
	if (plan->repeat)
		__set_bit(EV_REP, device->evbit);
}

int kmod_input_make(struct kmod_input *input, struct device *parent,
		    const struct kmod_class_name *name, const struct kmod_input_plan *plan,
		    const struct kmod_input_ops *ops, void *data)
{
	int ret = -ENOMEM;

	input->ops = ops;
	input->data = data;
	input->name = kmod_class_name_make(name);
	if (!input->name)
		return -ENOMEM;
	input->device = input_allocate_device();
	if (!input->device)
		goto free;
	input->device->name = input->name;
	input->device->dev.parent = parent;
	input_set_drvdata(input->device, input);
	describe(input->device, plan);
	if (plan->slots) {
		ret = input_mt_init_slots(input->device, plan->slots, plan->slot_flags);
		if (ret)
			goto put;
	}
	if (plan->memless) {
		ret = plan->memless(input->device);
		if (ret)
			goto put;
	}
	if (plan->sparse_keymap) {
		ret = plan->sparse_keymap(input->device, plan);
		if (ret)
			goto put;
	}
	if (ops->open)
		input->device->open = open;
	if (ops->close)
		input->device->close = close;
	if (ops->poll) {
		ret = input_setup_polling(input->device, poll);
		if (ret)
			goto put;
		input_set_poll_interval(input->device, plan->poll_interval);
	}
	/* What it is opened for may report at once. */
	kmod_class_gate_open(&input->gate);
	ret = input_register_device(input->device);
	if (!ret)
		return 0;
	kmod_class_gate_shut(&input->gate);
put:
	input_free_device(input->device);
free:
	kfree(input->name);
	return ret;
}

void kmod_input_shut(struct kmod_input *input)
{
	kmod_class_gate_shut(&input->gate);
}

void kmod_input_end(struct kmod_input *input)
{
	/*
	 * Its memory goes with the last who refers to it, and asks for nothing of ours: all effects are stopped and
	 * erased for those who have it open, and whose are those that play.
	 */
	input_unregister_device(input->device);
	kfree(input->name);
}

void kmod_input_event(struct kmod_input *input, unsigned int type, unsigned int code, int value)
{
	kmod_class_gate_pass(&input->gate, input_event(input->device, type, code, value));
}

static void report_slot(struct input_dev *device, unsigned int slot, unsigned int tool, bool active)
{
	/* The device would stay at the slot of before. */
	if (!device->mt || slot >= device->mt->num_slots)
		return;
	input_mt_slot(device, slot);
	input_mt_report_slot_state(device, tool, active);
}

void kmod_input_slot(struct kmod_input *input, unsigned int slot, unsigned int tool, bool active)
{
	kmod_class_gate_pass(&input->gate, report_slot(input->device, slot, tool, active));
}

void kmod_input_sync_frame(struct kmod_input *input)
{
	/* It looks itself whether the device has slots. */
	kmod_class_gate_pass(&input->gate, input_mt_sync_frame(input->device));
}
