/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_LED_H
#define KMOD_LED_H

#include <linux/leds.h>

#include "../class/helpers.h"

/* What a LED does. Each gets the LED's data; what it has not is NULL. */
struct kmod_led_ops {
	void (*brightness_set)(void *data, unsigned int brightness);
	int (*brightness_set_blocking)(void *data, unsigned int brightness);
	int (*brightness_get)(void *data);
	int (*blink_set)(void *data, unsigned long *on, unsigned long *off);
};

/* What a LED is. The strings and the functions stay. */
struct kmod_led_plan {
	struct kmod_class_name name;
	unsigned int max_brightness;
	const char *default_trigger; /* or NULL */
};

/* Gives a LED what the plan says; its name is freed by kmod_led_take_back(). */
int kmod_led_plan_take(struct led_classdev *cdev, const struct kmod_led_plan *plan);

/* Turns a LED that is registered off, takes it back, and waits for its functions. Sleeps. */
void kmod_led_take_back(struct led_classdev *cdev);

struct kmod_led;

/* Registers a LED below "parent", which may be NULL, or gives an ERR_PTR. */
struct kmod_led *kmod_led_make(struct device *parent, const struct kmod_led_plan *plan,
			       const struct kmod_led_ops *ops, void *data);

/* Turns it off, takes it back, and waits for its functions. Sleeps. */
void kmod_led_end(struct kmod_led *led);

#endif
