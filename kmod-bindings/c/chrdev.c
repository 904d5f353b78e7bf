// SPDX-License-Identifier: GPL-2.0-only
#include "chrdev.h"
#include "compat.h"

/* The mode is the device's drvdata, which is set before devtmpfs or udev can ask. */
static char *devnode_mode(const struct device *dev, umode_t *mode)
{
	if (mode)
		*mode = (umode_t)(unsigned long)dev_get_drvdata(dev);
	return NULL;
}

static char *__maybe_unused devnode_plain(struct device *dev, umode_t *mode)
{
	return devnode_mode(dev, mode);
}

static char *__maybe_unused devnode_const(const struct device *dev, umode_t *mode)
{
	return devnode_mode(dev, mode);
}

int kmod_class_create(struct class **class, const char *name)
{
	struct class *made = kmod_compat_class_create(name);

	if (IS_ERR(made))
		return PTR_ERR(made);
	made->devnode = kmod_compat_devnode(devnode_plain, devnode_const);
	*class = made;
	return 0;
}

int kmod_device_create(struct class *class, dev_t devt, umode_t mode, const char *name,
		       bool numbered)
{
	void *drvdata = (void *)(unsigned long)mode;
	struct device *dev;

	if (numbered)
		dev = device_create(class, NULL, devt, drvdata, "%s%u", name, MINOR(devt));
	else
		dev = device_create(class, NULL, devt, drvdata, "%s", name);
	return PTR_ERR_OR_ZERO(dev);
}
