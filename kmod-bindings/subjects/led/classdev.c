// SPDX-License-Identifier: GPL-2.0-only
/* A file of its own: LEDs of one colour and of several begin and end alike. */
#include "helpers.h"

#include <linux/slab.h>

int kmod_led_plan_take(struct led_classdev *cdev, const struct kmod_led_plan *plan)
{
	cdev->name = kmod_class_name_make(&plan->name);
	if (!cdev->name)
		return -ENOMEM;
	cdev->max_brightness = plan->max_brightness;
	cdev->default_trigger = plan->default_trigger;
	return 0;
}

void kmod_led_take_back(struct led_classdev *cdev)
{
	/*
	 * led_classdev_unregister() flushes the LED's work before it takes the files away, by which the
	 * work can be queued once more: they are shut first, and who is in one has left it.
	 */
	mutex_lock(&cdev->led_access);
	led_sysfs_disable(cdev);
	mutex_unlock(&cdev->led_access);
	led_classdev_unregister(cdev);
	timer_delete_sync(&cdev->blink_timer);
	cancel_work_sync(&cdev->set_brightness_work);
	kfree(cdev->name);
}
