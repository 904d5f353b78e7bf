// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/class.h"

#include <linux/slab.h>
#include <linux/string.h>

struct class *kmod_class_create(const char *name)
{
	return kmod_compat_class_create(name);
}

/* The node is the device's drvdata, which is set before devtmpfs or udev can ask. */
static char *set_mode(const struct device *dev, umode_t *mode)
{
	const struct kmod_node *node = dev_get_drvdata(dev);

	if (mode && node->mode)
		*mode = node->mode;
	return NULL;
}

static char *set_path(const struct device *dev, umode_t *mode)
{
	const struct kmod_node *node = dev_get_drvdata(dev);

	set_mode(dev, mode);
	if (!node->before)
		return NULL;
	if (!node->after)
		return kstrdup(node->before, GFP_KERNEL);
	return kasprintf(GFP_KERNEL, "%s%u%s", node->before, MINOR(dev->devt) - node->first_minor,
			 node->after);
}

#define DEVNODE(name)								\
	static char *__maybe_unused name##_plain(struct device *dev, umode_t *mode) \
	{									\
		return name(dev, mode);						\
	}									\
										\
	static char *__maybe_unused name##_const(const struct device *dev, umode_t *mode) \
	{									\
		return name(dev, mode);						\
	}

DEVNODE(set_mode)
DEVNODE(set_path)

/* The kernel may be asking it about a device already. */
void kmod_class_modes(struct class *class)
{
	/* set_path() does that, too. */
	if (!class->devnode)
		WRITE_ONCE(class->devnode, kmod_compat_devnode(set_mode_plain, set_mode_const));
}

void kmod_class_paths(struct class *class)
{
	WRITE_ONCE(class->devnode, kmod_compat_devnode(set_path_plain, set_path_const));
}
