// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/pm_runtime.h>

void kmod_driver_power_wake(struct device *device)
{
	pm_runtime_get_sync(device);
}

void kmod_driver_power_stop(struct device *device)
{
	pm_runtime_disable(device);
}

void kmod_driver_power_end(struct device *device)
{
	pm_runtime_enable(device);
	pm_runtime_put_noidle(device);
}
