// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>

struct kmod_watchdog {
	struct watchdog_device device;
	const struct kmod_watchdog_ops *ops;
	void *data;
	struct watchdog_info info;
	struct watchdog_ops kernel_ops;
};

static int start(struct watchdog_device *device)
{
	struct kmod_watchdog *watchdog = watchdog_get_drvdata(device);

	return watchdog->ops->start(watchdog->data, device->timeout);
}

static int stop(struct watchdog_device *device)
{
	struct kmod_watchdog *watchdog = watchdog_get_drvdata(device);

	return watchdog->ops->stop(watchdog->data);
}

static int ping(struct watchdog_device *device)
{
	struct kmod_watchdog *watchdog = watchdog_get_drvdata(device);

	return watchdog->ops->ping(watchdog->data);
}

static int set_timeout(struct watchdog_device *device, unsigned int timeout)
{
	struct kmod_watchdog *watchdog = watchdog_get_drvdata(device);
	int ret = watchdog->ops->set_timeout(watchdog->data, timeout);

	if (ret < 0)
		return ret;
	device->timeout = ret;
	return 0;
}

static unsigned int get_timeleft(struct watchdog_device *device)
{
	struct kmod_watchdog *watchdog = watchdog_get_drvdata(device);

	return watchdog->ops->get_timeleft(watchdog->data);
}

struct kmod_watchdog *kmod_watchdog_make(struct device *parent,
					 const struct kmod_watchdog_plan *plan,
					 const struct kmod_watchdog_ops *ops, void *data)
{
	struct kmod_watchdog *watchdog = kzalloc(sizeof(*watchdog), GFP_KERNEL);
	int ret;

	if (!watchdog)
		return ERR_PTR(-ENOMEM);
	watchdog->ops = ops;
	watchdog->data = data;
	watchdog->info.options = WDIOF_SETTIMEOUT | WDIOF_KEEPALIVEPING | WDIOF_MAGICCLOSE;
	strscpy(watchdog->info.identity, plan->identity, sizeof(watchdog->info.identity));
	watchdog->kernel_ops.owner = THIS_MODULE;
	if (ops->start)
		watchdog->kernel_ops.start = start;
	if (ops->stop)
		watchdog->kernel_ops.stop = stop;
	if (ops->ping)
		watchdog->kernel_ops.ping = ping;
	if (ops->set_timeout)
		watchdog->kernel_ops.set_timeout = set_timeout;
	if (ops->get_timeleft)
		watchdog->kernel_ops.get_timeleft = get_timeleft;
	watchdog->device.info = &watchdog->info;
	watchdog->device.ops = &watchdog->kernel_ops;
	watchdog->device.parent = parent;
	watchdog->device.timeout = plan->timeout;
	watchdog->device.min_timeout = plan->min_timeout;
	watchdog->device.max_timeout = plan->max_timeout;
	watchdog_set_drvdata(&watchdog->device, watchdog);
	watchdog_set_nowayout(&watchdog->device, plan->nowayout);
	if (plan->stop_on_unregister)
		watchdog_stop_on_unregister(&watchdog->device);
	ret = watchdog_register_device(&watchdog->device);
	if (!ret)
		return watchdog;
	kfree(watchdog);
	return ERR_PTR(ret);
}

void kmod_watchdog_end(struct kmod_watchdog *watchdog)
{
	/* A file that is open still keeps nothing of it. */
	watchdog_unregister_device(&watchdog->device);
	kfree(watchdog);
}
