// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/slab.h>

struct kmod_led {
	struct led_classdev cdev;
	const struct kmod_led_ops *ops;
	void *data;
};

static struct kmod_led *led_of(struct led_classdev *cdev)
{
	return container_of(cdev, struct kmod_led, cdev);
}

static void brightness_set(struct led_classdev *cdev, enum led_brightness brightness)
{
	struct kmod_led *led = led_of(cdev);

	led->ops->brightness_set(led->data, brightness);
}

static int brightness_set_blocking(struct led_classdev *cdev, enum led_brightness brightness)
{
	struct kmod_led *led = led_of(cdev);

	return led->ops->brightness_set_blocking(led->data, brightness);
}

static enum led_brightness brightness_get(struct led_classdev *cdev)
{
	struct kmod_led *led = led_of(cdev);

	return led->ops->brightness_get(led->data);
}

static int blink_set(struct led_classdev *cdev, unsigned long *on, unsigned long *off)
{
	struct kmod_led *led = led_of(cdev);

	return led->ops->blink_set(led->data, on, off);
}

struct kmod_led *kmod_led_make(struct device *parent, const struct kmod_led_plan *plan,
			       const struct kmod_led_ops *ops, void *data)
{
	struct kmod_led *led = kzalloc(sizeof(*led), GFP_KERNEL);
	int ret;

	if (!led)
		return ERR_PTR(-ENOMEM);
	led->ops = ops;
	led->data = data;
	ret = kmod_led_plan_take(&led->cdev, plan);
	if (ret)
		goto free;
	if (ops->brightness_set)
		led->cdev.brightness_set = brightness_set;
	if (ops->brightness_set_blocking)
		led->cdev.brightness_set_blocking = brightness_set_blocking;
	if (ops->brightness_get)
		led->cdev.brightness_get = brightness_get;
	if (ops->blink_set)
		led->cdev.blink_set = blink_set;
	ret = led_classdev_register(parent, &led->cdev);
	if (!ret)
		return led;
	kfree(led->cdev.name);
free:
	kfree(led);
	return ERR_PTR(ret);
}

void kmod_led_end(struct kmod_led *led)
{
	kmod_led_take_back(&led->cdev);
	kfree(led);
}
