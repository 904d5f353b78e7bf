/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_BACKLIGHT_H
#define KMOD_BACKLIGHT_H

#include <linux/backlight.h>

#include "../class/helpers.h"

/* Each gets the backlight's data; what it has not is NULL. */
struct kmod_backlight_ops {
	/* "brightness" is 0 where the display is off. */
	int (*update_status)(void *data, unsigned int brightness);
	int (*get_brightness)(void *data);
};

/* What a backlight is. */
struct kmod_backlight_plan {
	struct kmod_class_name name;
	unsigned int max_brightness;
	unsigned int brightness;
	unsigned int type;
};

struct kmod_backlight;

/* Registers a backlight below "parent", which may be NULL, or gives an ERR_PTR. */
struct kmod_backlight *kmod_backlight_make(struct device *parent,
					   const struct kmod_backlight_plan *plan,
					   const struct kmod_backlight_ops *ops, void *data);

/* Takes it back, and waits for its functions. Sleeps. */
void kmod_backlight_end(struct kmod_backlight *backlight);

#define KMOD_BACKLIGHT_RAW 1
#define KMOD_BACKLIGHT_PLATFORM 2
#define KMOD_BACKLIGHT_FIRMWARE 3

#endif
