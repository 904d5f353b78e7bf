// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/slab.h>

struct kmod_cooling {
	struct thermal_cooling_device *cdev;
	const struct kmod_cooling_ops *ops;
	void *data;
};

static int get_max_state(struct thermal_cooling_device *cdev, unsigned long *state)
{
	struct kmod_cooling *cooling = cdev->devdata;

	return cooling->ops->get_max_state(cooling->data, state);
}

static int get_cur_state(struct thermal_cooling_device *cdev, unsigned long *state)
{
	struct kmod_cooling *cooling = cdev->devdata;

	return cooling->ops->get_cur_state(cooling->data, state);
}

static int set_cur_state(struct thermal_cooling_device *cdev, unsigned long state)
{
	struct kmod_cooling *cooling = cdev->devdata;

	return cooling->ops->set_cur_state(cooling->data, state);
}

/* Of all cooling devices: the kernel may look at it as long as the device is there. */
static const struct thermal_cooling_device_ops cooling_ops = {
	.get_max_state = get_max_state,
	.get_cur_state = get_cur_state,
	.set_cur_state = set_cur_state,
};

struct kmod_cooling *kmod_cooling_make(const struct kmod_class_name *name,
				       const struct kmod_cooling_ops *ops, void *data)
{
	struct kmod_cooling *cooling = kzalloc(sizeof(*cooling), GFP_KERNEL);
	struct thermal_cooling_device *cdev;
	char *type;

	if (!cooling)
		return ERR_PTR(-ENOMEM);
	cooling->ops = ops;
	cooling->data = data;
	/* The kernel takes a copy of it. */
	type = kmod_class_name_make(name);
	if (!type) {
		kfree(cooling);
		return ERR_PTR(-ENOMEM);
	}
	cdev = thermal_cooling_device_register(type, cooling, &cooling_ops);
	kfree(type);
	if (IS_ERR(cdev)) {
		kfree(cooling);
		return ERR_CAST(cdev);
	}
	cooling->cdev = cdev;
	return cooling;
}

void kmod_cooling_end(struct kmod_cooling *cooling)
{
	thermal_cooling_device_unregister(cooling->cdev);
	kfree(cooling);
}
