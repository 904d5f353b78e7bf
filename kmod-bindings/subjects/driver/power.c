// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/pm_runtime.h>

const struct dev_pm_ops *kmod_driver_pm(struct kmod_driver_calls *calls)
{
	struct dev_pm_ops *pm = &calls->pm;

	if (!calls->suspend && !calls->resume && !calls->runtime_suspend &&
	    !calls->runtime_resume)
		return NULL;
	/* As DEFINE_SIMPLE_DEV_PM_OPS() has it: a hibernation is a sleep, too. */
	pm->suspend = pm->freeze = pm->poweroff = calls->suspend;
	pm->resume = pm->thaw = pm->restore = calls->resume;
	pm->runtime_suspend = calls->runtime_suspend;
	pm->runtime_resume = calls->runtime_resume;
	return pm;
}

void kmod_driver_power_hold(struct device *device)
{
	pm_runtime_get_noresume(device);
}

void kmod_driver_power_release(struct device *device)
{
	pm_runtime_put_noidle(device);
}
