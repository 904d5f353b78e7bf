// SPDX-License-Identifier: GPL-2.0-only
/* A machine with profiles, in C. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/platform_profile.h>
#include <linux/version.h>

static struct platform_device *parent;
static unsigned int now;
static int fails;

static const enum platform_profile_option all[] = {
	PLATFORM_PROFILE_LOW_POWER,
	PLATFORM_PROFILE_BALANCED,
	PLATFORM_PROFILE_PERFORMANCE,
	PLATFORM_PROFILE_COOL,
};

static int get(enum platform_profile_option *option)
{
	if (fails)
		return -fails;
	if (now >= ARRAY_SIZE(all))
		return -EIO;
	*option = all[now];
	return 0;
}

static int set(enum platform_profile_option option)
{
	unsigned int i;

	if (fails)
		return -fails;
	for (i = 0; i < ARRAY_SIZE(all); i++)
		if (all[i] == option)
			now = i;
	return 0;
}

static void choose(unsigned long *choices)
{
	set_bit(PLATFORM_PROFILE_LOW_POWER, choices);
	set_bit(PLATFORM_PROFILE_BALANCED, choices);
	set_bit(PLATFORM_PROFILE_PERFORMANCE, choices);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
static struct device *device;

static int c_probe(void *data, unsigned long *choices)
{
	choose(choices);
	return 0;
}

static int c_get(struct device *dev, enum platform_profile_option *option)
{
	return get(option);
}

static int c_set(struct device *dev, enum platform_profile_option option)
{
	return set(option);
}

static const struct platform_profile_ops c_ops = {
	.probe = c_probe,
	.profile_get = c_get,
	.profile_set = c_set,
};

static int make(void)
{
	device = platform_profile_register(&parent->dev, "vm_profile", NULL, &c_ops);
	return PTR_ERR_OR_ZERO(device);
}

static void end(void)
{
	platform_profile_remove(device);
}
#else
static int c_get(struct platform_profile_handler *handler, enum platform_profile_option *option)
{
	return get(option);
}

static int c_set(struct platform_profile_handler *handler, enum platform_profile_option option)
{
	return set(option);
}

static struct platform_profile_handler handler = {
	.profile_get = c_get,
	.profile_set = c_set,
};

static int make(void)
{
	choose(handler.choices);
	return platform_profile_register(&handler);
}

static void end(void)
{
	platform_profile_remove();
}
#endif

static ssize_t fails_store(struct device *dev, struct device_attribute *attr, const char *text,
			   size_t length)
{
	return kstrtoint(text, 0, &fails) ?: length;
}
static DEVICE_ATTR_WO(fails);

static ssize_t press_store(struct device *dev, struct device_attribute *attr, const char *text,
			   size_t length)
{
	return kstrtouint(text, 0, &now) ?: length;
}
static DEVICE_ATTR_WO(press);

static int __init profile_init(void)
{
	int error;

	parent = platform_device_register_simple("vm_profile_c", -1, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	error = make();
	if (error) {
		platform_device_unregister(parent);
		return error;
	}
	return device_create_file(&parent->dev, &dev_attr_fails) ?:
		device_create_file(&parent->dev, &dev_attr_press);
}

static void __exit profile_exit(void)
{
	device_remove_file(&parent->dev, &dev_attr_press);
	device_remove_file(&parent->dev, &dev_attr_fails);
	end();
	platform_device_unregister(parent);
}

module_init(profile_init);
module_exit(profile_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A machine with profiles, in C");
