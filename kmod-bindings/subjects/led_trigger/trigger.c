// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/preempt.h>
#include <linux/slab.h>

/*
 * Since 6.5 the delays are given as they are; before, by pointers. What the functions take is asked of their types:
 * the cast of one that is not chosen is never called.
 */
static __maybe_unused void blink_by_pointers(struct led_trigger *trigger, unsigned long on,
					     unsigned long off)
{
	((void (*)(struct led_trigger *, unsigned long *, unsigned long *))led_trigger_blink)(
		trigger, &on, &off);
}

static __maybe_unused void blink_by_values(struct led_trigger *trigger, unsigned long on,
					   unsigned long off)
{
	((void (*)(struct led_trigger *, unsigned long, unsigned long))led_trigger_blink)(
		trigger, on, off);
}

static __maybe_unused void oneshot_by_pointers(struct led_trigger *trigger, unsigned long on,
					       unsigned long off, int invert)
{
	((void (*)(struct led_trigger *, unsigned long *, unsigned long *, int))
		 led_trigger_blink_oneshot)(trigger, &on, &off, invert);
}

static __maybe_unused void oneshot_by_values(struct led_trigger *trigger, unsigned long on,
					     unsigned long off, int invert)
{
	((void (*)(struct led_trigger *, unsigned long, unsigned long, int))
		 led_trigger_blink_oneshot)(trigger, on, off, invert);
}

#define blink _Generic(&led_trigger_blink,							\
	void (*)(struct led_trigger *, unsigned long *, unsigned long *): blink_by_pointers,	\
	void (*)(struct led_trigger *, unsigned long, unsigned long): blink_by_values)

#define blink_oneshot _Generic(&led_trigger_blink_oneshot,					\
	void (*)(struct led_trigger *, unsigned long *, unsigned long *, int):			\
		oneshot_by_pointers,								\
	void (*)(struct led_trigger *, unsigned long, unsigned long, int): oneshot_by_values)

int kmod_led_trigger_make(struct kmod_led_trigger *trigger, const struct kmod_class_name *name)
{
	struct led_trigger *made = kzalloc(sizeof(*made), GFP_KERNEL);
	int ret = -ENOMEM;

	if (!made)
		return -ENOMEM;
	made->name = kmod_class_name_make(name);
	if (!made->name)
		goto free;
	ret = led_trigger_register(made);
	if (ret)
		goto name;
	trigger->trigger = made;
	kmod_class_door_open(&trigger->door);
	return 0;
name:
	kfree(made->name);
free:
	kfree(made);
	return ret;
}

void kmod_led_trigger_shut(struct kmod_led_trigger *trigger)
{
	kmod_class_door_shut(&trigger->door);
}

void kmod_led_trigger_end(struct kmod_led_trigger *trigger)
{
	struct led_trigger *made = trigger->trigger;

	kmod_class_door_empty(&trigger->door);
	led_trigger_unregister(made);
	kfree(made->name);
	kfree(made);
}

void kmod_led_trigger_event(struct kmod_led_trigger *trigger, unsigned int brightness)
{
	kmod_class_door_pass(&trigger->door, led_trigger_event(trigger->trigger, brightness));
}

void kmod_led_trigger_blink(struct kmod_led_trigger *trigger, unsigned long on, unsigned long off)
{
	/* It may wait for a timer that a hard interrupt has interrupted. */
	if (!hardirq_count())
		kmod_class_door_pass(&trigger->door, blink(trigger->trigger, on, off));
}

void kmod_led_trigger_blink_oneshot(struct kmod_led_trigger *trigger, unsigned long on,
				    unsigned long off, bool invert)
{
	if (!hardirq_count())
		kmod_class_door_pass(&trigger->door,
				     blink_oneshot(trigger->trigger, on, off, invert));
}
