// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/err.h>
#include <linux/slab.h>

static_assert(KMOD_BACKLIGHT_RAW == BACKLIGHT_RAW);
static_assert(KMOD_BACKLIGHT_PLATFORM == BACKLIGHT_PLATFORM);
static_assert(KMOD_BACKLIGHT_FIRMWARE == BACKLIGHT_FIRMWARE);

struct kmod_backlight {
	struct backlight_device *device;
	const struct kmod_backlight_ops *ops;
	void *data;
	char *name;
	struct backlight_ops kernel_ops;
};

static int update_status(struct backlight_device *device)
{
	struct kmod_backlight *backlight = bl_get_data(device);

	return backlight->ops->update_status(backlight->data, backlight_get_brightness(device));
}

static int get_brightness(struct backlight_device *device)
{
	struct kmod_backlight *backlight = bl_get_data(device);

	return backlight->ops->get_brightness(backlight->data);
}

struct kmod_backlight *kmod_backlight_make(struct device *parent,
					   const struct kmod_backlight_plan *plan,
					   const struct kmod_backlight_ops *ops, void *data)
{
	struct backlight_properties props = {
		.type = plan->type,
		.max_brightness = plan->max_brightness,
		.brightness = plan->brightness,
	};
	struct kmod_backlight *backlight = kzalloc(sizeof(*backlight), GFP_KERNEL);
	int ret = -ENOMEM;

	if (!backlight)
		return ERR_PTR(-ENOMEM);
	backlight->ops = ops;
	backlight->data = data;
	backlight->name = kmod_class_name_make(&plan->name);
	if (!backlight->name)
		goto free;
	if (ops->update_status)
		backlight->kernel_ops.update_status = update_status;
	if (ops->get_brightness)
		backlight->kernel_ops.get_brightness = get_brightness;
	backlight->device = backlight_device_register(backlight->name, parent, backlight,
						      &backlight->kernel_ops, &props);
	if (!IS_ERR(backlight->device))
		return backlight;
	ret = PTR_ERR(backlight->device);
	kfree(backlight->name);
free:
	kfree(backlight);
	return ERR_PTR(ret);
}

void kmod_backlight_end(struct kmod_backlight *backlight)
{
	backlight_device_unregister(backlight->device);
	kfree(backlight->name);
	kfree(backlight);
}
