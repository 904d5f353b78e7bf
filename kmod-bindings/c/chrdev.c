// SPDX-License-Identifier: GPL-2.0-only
#include "chrdev.h"
#include "compat/class.h"

#include <linux/slab.h>
#include <linux/string.h>

static unsigned int number_of(dev_t devt, const struct kmod_node *node)
{
	return MINOR(devt) - node->first_minor;
}

/* The node is the device's drvdata, which is set before devtmpfs or udev can ask. */
static char *devnode(const struct device *dev, umode_t *mode)
{
	const struct kmod_node *node = dev_get_drvdata(dev);

	if (mode && node->mode)
		*mode = node->mode;
	if (!node->before)
		return NULL;
	if (!node->after)
		return kstrdup(node->before, GFP_KERNEL);
	return kasprintf(GFP_KERNEL, "%s%u%s", node->before, number_of(dev->devt, node),
			 node->after);
}

static char *__maybe_unused devnode_plain(struct device *dev, umode_t *mode)
{
	return devnode(dev, mode);
}

static char *__maybe_unused devnode_const(const struct device *dev, umode_t *mode)
{
	return devnode(dev, mode);
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

int kmod_device_create(struct class *class, dev_t devt, const struct kmod_node *node,
		       const char *name, bool numbered)
{
	void *drvdata = (void *)node;
	struct device *dev;

	if (numbered)
		dev = device_create(class, NULL, devt, drvdata, "%s%u", name,
				    number_of(devt, node));
	else
		dev = device_create(class, NULL, devt, drvdata, "%s", name);
	return PTR_ERR_OR_ZERO(dev);
}
