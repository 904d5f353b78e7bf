/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_LED_MULTICOLOR_H
#define KMOD_LED_MULTICOLOR_H

#include "../led/helpers.h"

/* The colours that all kernels have, by the numbers of <dt-bindings/leds/common.h>. */
#define KMOD_LED_WHITE 0
#define KMOD_LED_RED 1
#define KMOD_LED_GREEN 2
#define KMOD_LED_BLUE 3
#define KMOD_LED_AMBER 4
#define KMOD_LED_VIOLET 5
#define KMOD_LED_YELLOW 6
#define KMOD_LED_IR 7
#define KMOD_LED_COLORS 8

/* What it does: each gets the data, and how bright each of its colours is to be. What it has not is NULL. */
struct kmod_led_multicolor_ops {
	void (*brightness_set)(void *data, const unsigned int *colors, unsigned int count);
	int (*brightness_set_blocking)(void *data, const unsigned int *colors, unsigned int count);
};

struct kmod_led_multicolor;

/*
 * Registers a LED of several colours, at most KMOD_LED_COLORS, below "parent", which may be NULL, or gives an ERR_PTR.
 */
struct kmod_led_multicolor *kmod_led_multicolor_make(struct device *parent,
						     const struct kmod_led_plan *plan,
						     const unsigned char *colors,
						     unsigned int count,
						     const struct kmod_led_multicolor_ops *ops,
						     void *data);

/* Turns it off, takes it back, and waits for its functions. Sleeps. */
void kmod_led_multicolor_end(struct kmod_led_multicolor *led);

#endif
