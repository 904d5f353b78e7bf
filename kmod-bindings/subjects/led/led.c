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
	int ret = -ENOMEM;

	if (!led)
		return ERR_PTR(-ENOMEM);
	led->ops = ops;
	led->data = data;
	led->cdev.name = kmod_class_name_make(&plan->name);
	if (!led->cdev.name)
		goto free;
	led->cdev.max_brightness = plan->max_brightness;
	led->cdev.default_trigger = plan->default_trigger;
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
	/*
	 * led_classdev_unregister() flushes the LED's work before it takes the files away, by which the
	 * work can be queued once more: they are shut first, and who is in one has left it.
	 */
	mutex_lock(&led->cdev.led_access);
	led_sysfs_disable(&led->cdev);
	mutex_unlock(&led->cdev.led_access);
	led_classdev_unregister(&led->cdev);
	timer_delete_sync(&led->cdev.blink_timer);
	cancel_work_sync(&led->cdev.set_brightness_work);
	kfree(led->cdev.name);
	kfree(led);
}
