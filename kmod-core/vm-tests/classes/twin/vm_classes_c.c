// SPDX-License-Identifier: GPL-2.0-only
/* A device of each class in C. */
#include <linux/delay.h>
#include <linux/leds.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/version.h>

static unsigned int last[3] = { 77, 77, 77 };
module_param_array(last, uint, NULL, 0444);

static int slow_level;
static unsigned long blink_on, blink_off;

static void plain_set(struct led_classdev *led, enum led_brightness brightness)
{
	last[0] = brightness;
}

static int slow_set(struct led_classdev *led, enum led_brightness brightness)
{
	if (brightness == 5)
		return -EIO;
	usleep_range(50, 100);
	slow_level = brightness;
	last[1] = brightness;
	return 0;
}

static enum led_brightness slow_get(struct led_classdev *led)
{
	return slow_level == 6 ? -EIO : slow_level;
}

static void blinks_set(struct led_classdev *led, enum led_brightness brightness)
{
	last[2] = brightness;
}

static unsigned long step(unsigned long delay)
{
	return DIV_ROUND_UP(max(delay, 1UL), 100) * 100;
}

static int blinks_blink(struct led_classdev *led, unsigned long *on, unsigned long *off)
{
	if (*on > 1000)
		return -EINVAL;
	*on = step(*on);
	*off = step(*off);
	blink_on = *on;
	blink_off = *off;
	return 0;
}

static struct led_classdev leds[3];

static int c_probe(struct platform_device *device)
{
	int ret, i;

	memset(leds, 0, sizeof(leds));
	slow_level = 0;
	leds[0].name = "vm_classes_c::plain";
	leds[0].brightness_set = plain_set;
	leds[1].name = "vm_classes_c:slow";
	leds[1].max_brightness = 7;
	leds[1].brightness_set_blocking = slow_set;
	leds[1].brightness_get = slow_get;
	leds[2].name = "vm_classes_c:blinks";
	leds[2].default_trigger = "nonsense";
	leds[2].brightness_set = blinks_set;
	leds[2].blink_set = blinks_blink;
	for (i = 0; i < 3; i++) {
		ret = led_classdev_register(&device->dev, &leds[i]);
		if (ret)
			goto undo;
	}
	return 0;
undo:
	while (i--)
		led_classdev_unregister(&leds[i]);
	return ret;
}

static void c_end(void)
{
	int i;

	for (i = 3; i--;)
		led_classdev_unregister(&leds[i]);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
static void c_remove(struct platform_device *device)
{
	c_end();
}
#else
static int c_remove(struct platform_device *device)
{
	c_end();
	return 0;
}
#endif

static struct platform_driver driver = {
	.probe = c_probe,
	.remove = c_remove,
	.driver.name = "vm_classes_c",
};

static struct platform_device *device;

static int __init c_init(void)
{
	int ret = platform_driver_register(&driver);

	if (ret)
		return ret;
	device = platform_device_register_simple("vm_classes_c", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit c_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
}

module_init(c_init);
module_exit(c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The module");
