// SPDX-License-Identifier: GPL-2.0-only
/* The backlight, the watchdog and the clock of vm_classes in C. */
#include <linux/backlight.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rtc.h>
#include <linux/version.h>
#include <linux/watchdog.h>

static struct platform_device *parent;

static unsigned int lit;

static int panel_update(struct backlight_device *device)
{
	unsigned int brightness = backlight_get_brightness(device);

	if (brightness == 13)
		return -EIO;
	lit = brightness;
	return 0;
}

static int panel_get(struct backlight_device *device)
{
	return lit == 14 ? -EIO : lit * 2;
}

static const struct backlight_ops panel_ops = {
	.update_status = panel_update,
	.get_brightness = panel_get,
};

static struct backlight_device *panel;

static unsigned int calls[4];
module_param_array(calls, uint, NULL, 0444);

static unsigned int dog_timeout;

static int dog_start(struct watchdog_device *device)
{
	calls[0]++;
	dog_timeout = device->timeout;
	return 0;
}

static int dog_stop(struct watchdog_device *device)
{
	calls[1]++;
	return 0;
}

static int dog_ping(struct watchdog_device *device)
{
	calls[2]++;
	return 0;
}

static int dog_set_timeout(struct watchdog_device *device, unsigned int timeout)
{
	calls[3]++;
	if (timeout == 13)
		return -EIO;
	device->timeout = dog_timeout = (timeout + 3) / 4 * 4;
	return 0;
}

static unsigned int dog_timeleft(struct watchdog_device *device)
{
	return dog_timeout / 2;
}

static const struct watchdog_info dog_info = {
	.options = WDIOF_SETTIMEOUT | WDIOF_KEEPALIVEPING | WDIOF_MAGICCLOSE,
	.identity = "vm_classes dog",
};

static const struct watchdog_ops dog_ops = {
	.owner = THIS_MODULE,
	.start = dog_start,
	.stop = dog_stop,
	.ping = dog_ping,
	.set_timeout = dog_set_timeout,
	.get_timeleft = dog_timeleft,
};

static struct watchdog_device dog = {
	.info = &dog_info,
	.ops = &dog_ops,
	.timeout = 30,
	.min_timeout = 2,
	.max_timeout = 600,
};

static time64_t now;

static int clock_read(struct device *device, struct rtc_time *tm)
{
	if (now == 86400)
		return -EINVAL;
	rtc_time64_to_tm(now, tm);
	return 0;
}

static int clock_set(struct device *device, struct rtc_time *tm)
{
	time64_t time = rtc_tm_to_time64(tm);

	if (tm->tm_sec == 13)
		return -EIO;
	now = time;
	return 0;
}

static const struct rtc_class_ops clock_ops = {
	.read_time = clock_read,
	.set_time = clock_set,
};

static int more_probe(struct platform_device *device)
{
	struct backlight_properties props = {
		.type = BACKLIGHT_PLATFORM,
		.max_brightness = 20,
		.brightness = 7,
	};
	struct rtc_device *clock;
	int ret;

	panel = backlight_device_register("vm_classes_more", &device->dev, NULL, &panel_ops, &props);
	if (IS_ERR(panel))
		return PTR_ERR(panel);
	dog.parent = &device->dev;
	watchdog_stop_on_unregister(&dog);
	ret = watchdog_register_device(&dog);
	if (ret)
		goto no_dog;
	clock = devm_rtc_allocate_device(&device->dev);
	if (IS_ERR(clock)) {
		ret = PTR_ERR(clock);
		goto no_clock;
	}
	clock->ops = &clock_ops;
	clock->range_min = 0;
	clock->range_max = 4102444799;
#ifdef devm_rtc_register_device
	ret = devm_rtc_register_device(clock);
#else
	ret = rtc_register_device(clock);
#endif
	if (!ret)
		return 0;
no_clock:
	watchdog_unregister_device(&dog);
no_dog:
	backlight_device_unregister(panel);
	return ret;
}

static void more_end(void)
{
	watchdog_unregister_device(&dog);
	backlight_device_unregister(panel);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
static void more_remove(struct platform_device *device)
{
	more_end();
}
#else
static int more_remove(struct platform_device *device)
{
	more_end();
	return 0;
}
#endif

static struct platform_driver driver = {
	.probe = more_probe,
	.remove = more_remove,
	.driver.name = "vm_classes_more",
};

static int __init more_init(void)
{
	int ret = platform_driver_register(&driver);

	if (ret)
		return ret;
	parent = platform_device_register_simple("vm_classes_more", -1, NULL, 0);
	if (IS_ERR(parent)) {
		platform_driver_unregister(&driver);
		return PTR_ERR(parent);
	}
	return 0;
}

static void __exit more_exit(void)
{
	platform_device_unregister(parent);
	platform_driver_unregister(&driver);
}

module_init(more_init);
module_exit(more_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A backlight, a watchdog and a clock");
