// SPDX-License-Identifier: GPL-2.0-only
/* The trigger of vm_classes in C. */
#include <linux/leds.h>
#include <linux/module.h>

static struct led_trigger trigger = { .name = "vm_classes_trigger" };

static int event_set(const char *text, const struct kernel_param *param)
{
	unsigned int brightness;
	int error = kstrtouint(text, 0, &brightness);

	if (!error)
		led_trigger_event(&trigger, brightness);
	return error;
}

static const struct kernel_param_ops event_ops = { .set = event_set };
module_param_cb(event, &event_ops, NULL, 0200);

static int __init begin(void)
{
	return led_trigger_register(&trigger);
}
module_init(begin);

static void __exit end(void)
{
	led_trigger_unregister(&trigger);
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The trigger of vm_classes");
