// SPDX-License-Identifier: GPL-2.0-only
/* The same in C. */
#include <dt-bindings/leds/common.h>
#include <linux/delay.h>
#include <linux/led-class-multicolor.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static unsigned int last[5] = { 777, 777, 777, 777, 777 };
module_param_array(last, uint, NULL, 0444);

static struct mc_subled plain_colors[3], slow_colors[2];
static struct led_classdev_mc plain, slow;

static void plain_set(struct led_classdev *led, enum led_brightness brightness)
{
	int i;

	led_mc_calc_color_components(&plain, brightness);
	for (i = 0; i < 3; i++)
		last[i] = plain_colors[i].brightness;
}

static int slow_set(struct led_classdev *led, enum led_brightness brightness)
{
	int i;

	led_mc_calc_color_components(&slow, brightness);
	usleep_range(50, 100);
	for (i = 0; i < 2; i++)
		last[3 + i] = slow_colors[i].brightness;
	return 0;
}

static struct platform_device *device;

static int __init begin(void)
{
	int error;

	device = platform_device_register_simple("vm_colors_c", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	plain_colors[0].color_index = LED_COLOR_ID_RED;
	plain_colors[1].color_index = LED_COLOR_ID_GREEN;
	plain_colors[1].channel = 1;
	plain_colors[2].color_index = LED_COLOR_ID_BLUE;
	plain_colors[2].channel = 2;
	plain.subled_info = plain_colors;
	plain.num_colors = 3;
	plain.led_cdev.name = "vm_colors_c:rgb:plain";
	plain.led_cdev.max_brightness = 255;
	plain.led_cdev.brightness_set = plain_set;
	slow_colors[0].color_index = LED_COLOR_ID_WHITE;
	slow_colors[1].color_index = LED_COLOR_ID_AMBER;
	slow_colors[1].channel = 1;
	slow.subled_info = slow_colors;
	slow.num_colors = 2;
	slow.led_cdev.name = "vm_colors_c:multi:slow";
	slow.led_cdev.max_brightness = 31;
	slow.led_cdev.brightness_set_blocking = slow_set;
	error = led_classdev_multicolor_register_ext(&device->dev, &plain, NULL);
	if (error)
		goto no_plain;
	error = led_classdev_multicolor_register_ext(&device->dev, &slow, NULL);
	if (!error)
		return 0;
	led_classdev_multicolor_unregister(&plain);
no_plain:
	platform_device_unregister(device);
	return error;
}
module_init(begin);

static void __exit end(void)
{
	led_classdev_multicolor_unregister(&slow);
	led_classdev_multicolor_unregister(&plain);
	platform_device_unregister(device);
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has LEDs of several colours, in C");
