/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_LED_TRIGGER_H
#define KMOD_LED_TRIGGER_H

#include <linux/leds.h>

#include "../class/door.h"
#include "../class/helpers.h"

/* A trigger that may be all zeroes: nobody sets its LEDs until it is made. */
struct kmod_led_trigger {
	struct kmod_class_door door;
	struct led_trigger *trigger;
};

/* Registers a trigger, which LEDs can then have. */
int kmod_led_trigger_make(struct kmod_led_trigger *trigger, const struct kmod_class_name *name);

/* Nobody sets its LEDs any more. */
void kmod_led_trigger_shut(struct kmod_led_trigger *trigger);

/* Takes it back, and from its LEDs. Sleeps. After kmod_led_trigger_shut(). */
void kmod_led_trigger_end(struct kmod_led_trigger *trigger);

/*
 * led_trigger_event(), led_trigger_blink() and led_trigger_blink_oneshot(): sets its LEDs, or has them blink, by
 * milliseconds. May be called anywhere; of a trigger that is not made, or was shut, they do nothing, and the last two
 * do nothing in a hard interrupt.
 */
void kmod_led_trigger_event(struct kmod_led_trigger *trigger, unsigned int brightness);
void kmod_led_trigger_blink(struct kmod_led_trigger *trigger, unsigned long on, unsigned long off);
void kmod_led_trigger_blink_oneshot(struct kmod_led_trigger *trigger, unsigned long on,
				    unsigned long off, bool invert);

#endif
