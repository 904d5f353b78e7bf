// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <dt-bindings/leds/common.h>
#include <linux/led-class-multicolor.h>
#include <linux/slab.h>

#if !IS_ENABLED(CONFIG_LEDS_CLASS_MULTICOLOR)
#error "this kernel has no LEDs of several colours: CONFIG_LEDS_CLASS_MULTICOLOR is not set"
#endif

static_assert(KMOD_LED_WHITE == LED_COLOR_ID_WHITE);
static_assert(KMOD_LED_RED == LED_COLOR_ID_RED);
static_assert(KMOD_LED_GREEN == LED_COLOR_ID_GREEN);
static_assert(KMOD_LED_BLUE == LED_COLOR_ID_BLUE);
static_assert(KMOD_LED_AMBER == LED_COLOR_ID_AMBER);
static_assert(KMOD_LED_VIOLET == LED_COLOR_ID_VIOLET);
static_assert(KMOD_LED_YELLOW == LED_COLOR_ID_YELLOW);
static_assert(KMOD_LED_IR == LED_COLOR_ID_IR);

struct kmod_led_multicolor {
	struct led_classdev_mc cdev;
	const struct kmod_led_multicolor_ops *ops;
	void *data;
	struct mc_subled colors[KMOD_LED_COLORS];
};

static struct kmod_led_multicolor *led_of(struct led_classdev *cdev)
{
	return container_of(lcdev_to_mccdev(cdev), struct kmod_led_multicolor, cdev);
}

/* What each colour is to be, in an array of its own: several may be told at once. */
static void mix(struct kmod_led_multicolor *led, enum led_brightness brightness,
		unsigned int colors[KMOD_LED_COLORS])
{
	unsigned int i;

	led_mc_calc_color_components(&led->cdev, brightness);
	for (i = 0; i < led->cdev.num_colors; i++)
		colors[i] = READ_ONCE(led->colors[i].brightness);
}

static void brightness_set(struct led_classdev *cdev, enum led_brightness brightness)
{
	struct kmod_led_multicolor *led = led_of(cdev);
	unsigned int colors[KMOD_LED_COLORS];

	mix(led, brightness, colors);
	led->ops->brightness_set(led->data, colors, led->cdev.num_colors);
}

static int brightness_set_blocking(struct led_classdev *cdev, enum led_brightness brightness)
{
	struct kmod_led_multicolor *led = led_of(cdev);
	unsigned int colors[KMOD_LED_COLORS];

	mix(led, brightness, colors);
	return led->ops->brightness_set_blocking(led->data, colors, led->cdev.num_colors);
}

struct kmod_led_multicolor *kmod_led_multicolor_make(struct device *parent,
						     const struct kmod_led_plan *plan,
						     const unsigned char *colors,
						     unsigned int count,
						     const struct kmod_led_multicolor_ops *ops,
						     void *data)
{
	struct kmod_led_multicolor *led;
	struct led_classdev *cdev;
	unsigned int i;
	int ret;

	if (count > KMOD_LED_COLORS)
		return ERR_PTR(-EINVAL);
	led = kzalloc(sizeof(*led), GFP_KERNEL);
	if (!led)
		return ERR_PTR(-ENOMEM);
	led->ops = ops;
	led->data = data;
	led->cdev.subled_info = led->colors;
	led->cdev.num_colors = count;
	for (i = 0; i < count; i++) {
		led->colors[i].color_index = colors[i];
		led->colors[i].channel = i;
	}
	cdev = &led->cdev.led_cdev;
	ret = kmod_led_plan_take(cdev, plan);
	if (ret)
		goto free;
	if (ops->brightness_set)
		cdev->brightness_set = brightness_set;
	if (ops->brightness_set_blocking)
		cdev->brightness_set_blocking = brightness_set_blocking;
	ret = led_classdev_multicolor_register_ext(parent, &led->cdev, NULL);
	if (!ret)
		return led;
	kfree(cdev->name);
free:
	kfree(led);
	return ERR_PTR(ret);
}

/* The kernel's led_classdev_multicolor_unregister() is led_classdev_unregister(). */
void kmod_led_multicolor_end(struct kmod_led_multicolor *led)
{
	kmod_led_take_back(&led->cdev.led_cdev);
	kfree(led);
}
