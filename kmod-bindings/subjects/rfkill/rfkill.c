// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/slab.h>

static_assert(KMOD_RFKILL_WLAN == RFKILL_TYPE_WLAN);
static_assert(KMOD_RFKILL_BLUETOOTH == RFKILL_TYPE_BLUETOOTH);
static_assert(KMOD_RFKILL_UWB == RFKILL_TYPE_UWB);
static_assert(KMOD_RFKILL_WIMAX == RFKILL_TYPE_WIMAX);
static_assert(KMOD_RFKILL_WWAN == RFKILL_TYPE_WWAN);
static_assert(KMOD_RFKILL_GPS == RFKILL_TYPE_GPS);
static_assert(KMOD_RFKILL_FM == RFKILL_TYPE_FM);
static_assert(KMOD_RFKILL_NFC == RFKILL_TYPE_NFC);

/*
 * rfkill_register() says that a radio is registered before it has made the works by which changes are told: who
 * sets a state at that time would queue what is not there. So the door opens when it has returned, or when it has
 * called back, which it does later than that.
 */
static int set_block(void *data, bool blocked)
{
	struct kmod_rfkill *radio = data;

	kmod_class_door_open(&radio->door);
	return radio->ops->set_block(radio->data, blocked);
}

static void poll(struct rfkill *rfkill, void *data)
{
	struct kmod_rfkill *radio = data;

	kmod_class_door_open(&radio->door);
	radio->ops->poll(radio->data);
}

static void query(struct rfkill *rfkill, void *data)
{
	struct kmod_rfkill *radio = data;

	kmod_class_door_open(&radio->door);
	radio->ops->query(radio->data);
}

/* What it is like is known before others hear of it. */
static void ask_first(struct kmod_rfkill *radio)
{
	kmod_class_door_open(&radio->door);
	radio->ops->query(radio->data);
	atomic_set(&radio->door.state, KMOD_DOOR_CLOSED);
	kmod_class_door_empty(&radio->door);
}

int kmod_rfkill_make(struct kmod_rfkill *radio, struct device *parent,
		     const struct kmod_rfkill_plan *plan, const struct kmod_rfkill_ops *ops,
		     void *data)
{
	char *name = kmod_class_name_make(&plan->name);
	int ret;

	if (!name)
		return -ENOMEM;
	radio->ops = ops;
	radio->data = data;
	radio->kernel_ops.set_block = set_block;
	if (ops->poll)
		radio->kernel_ops.poll = poll;
	if (ops->query)
		radio->kernel_ops.query = query;
	radio->rfkill = rfkill_alloc(name, parent, plan->type, &radio->kernel_ops, radio);
	kfree(name);
	if (!radio->rfkill)
		return -ENOMEM;
	if (plan->persistent)
		rfkill_init_sw_state(radio->rfkill, false);
	if (ops->query)
		ask_first(radio);
	ret = rfkill_register(radio->rfkill);
	if (ret) {
		kmod_class_door_shut(&radio->door);
		kmod_class_door_empty(&radio->door);
		rfkill_destroy(radio->rfkill);
		return ret;
	}
	kmod_class_door_open(&radio->door);
	return 0;
}

void kmod_rfkill_shut(struct kmod_rfkill *radio)
{
	kmod_class_door_shut(&radio->door);
}

void kmod_rfkill_end(struct kmod_rfkill *radio)
{
	/* Who is inside may queue works, for which the kernel waits only once. */
	kmod_class_door_empty(&radio->door);
	rfkill_unregister(radio->rfkill);
	rfkill_destroy(radio->rfkill);
}

bool kmod_rfkill_set_hw_state(struct kmod_rfkill *radio, bool blocked)
{
	bool ret = blocked;

	kmod_class_door_pass(&radio->door, ret = rfkill_set_hw_state(radio->rfkill, blocked));
	return ret;
}

bool kmod_rfkill_set_sw_state(struct kmod_rfkill *radio, bool blocked)
{
	bool ret = blocked;

	kmod_class_door_pass(&radio->door, ret = rfkill_set_sw_state(radio->rfkill, blocked));
	return ret;
}

bool kmod_rfkill_blocked(struct kmod_rfkill *radio)
{
	bool ret = false;

	kmod_class_door_pass(&radio->door, ret = rfkill_blocked(radio->rfkill));
	return ret;
}
