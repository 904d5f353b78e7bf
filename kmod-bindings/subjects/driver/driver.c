// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

int kmod_driver_index_get(struct ida *indices)
{
	return ida_alloc(indices, GFP_KERNEL);
}

void kmod_driver_index_put(struct ida *indices, unsigned int index)
{
	ida_free(indices, index);
}

void *kmod_driver_get_drvdata(const struct device *device)
{
	return dev_get_drvdata(device);
}

void kmod_driver_set_drvdata(struct device *device, void *data)
{
	dev_set_drvdata(device, data);
}

int kmod_driver_change(struct device *device, const char *const *variables)
{
	/* Nothing is written to them. */
	return kobject_uevent_env(&device->kobj, KOBJ_CHANGE, (char **)variables);
}

const char *kmod_driver_dev_name(const struct device *device)
{
	return dev_name(device);
}
