// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/rtc.h"

#include <linux/err.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct kmod_rtc {
	struct device *parent;
	struct rtc_device *device; /* once it is registered */
	const struct kmod_rtc_ops *ops;
	void *data;
	struct rtc_class_ops kernel_ops;
};

/*
 * A clock's functions get its parent: what is managed of that leads to the clock. It stands before the
 * clock's group, which is taken apart as a whole.
 */
struct place {
	struct kmod_rtc *rtc;
};

static void leave(struct device *parent, void *place)
{
}

static struct kmod_rtc *rtc_of(struct device *parent)
{
	struct place *place = devres_find(parent, leave, NULL, NULL);

	return place->rtc;
}

static int read_time(struct device *parent, struct rtc_time *tm)
{
	struct kmod_rtc *rtc = rtc_of(parent);
	long long time;
	int ret = rtc->ops->read_time(rtc->data, &time);

	if (ret)
		return ret;
	/* What follows computes with days in an int. */
	if (time < RTC_TIMESTAMP_BEGIN_1900 || time > RTC_TIMESTAMP_END_9999)
		return -ERANGE;
	rtc_time64_to_tm(time, tm);
	return 0;
}

static int set_time(struct device *parent, struct rtc_time *tm)
{
	struct kmod_rtc *rtc = rtc_of(parent);

	return rtc->ops->set_time(rtc->data, rtc_tm_to_time64(tm));
}

static int register_managed(struct kmod_rtc *rtc, const struct kmod_rtc_plan *plan)
{
	struct rtc_device *device = devm_rtc_allocate_device(rtc->parent);
	int ret;

	if (IS_ERR(device))
		return PTR_ERR(device);
	device->ops = &rtc->kernel_ops;
	device->range_min = plan->range_min;
	device->range_max = plan->range_max;
	ret = kmod_compat_rtc_register(device);
	if (!ret)
		rtc->device = device;
	return ret;
}

struct kmod_rtc *kmod_rtc_make(struct device *parent, const struct kmod_rtc_plan *plan,
			       const struct kmod_rtc_ops *ops, void *data)
{
	struct kmod_rtc *rtc = kzalloc(sizeof(*rtc), GFP_KERNEL);
	struct place *place = devres_alloc(leave, sizeof(*place), GFP_KERNEL);
	int ret;

	if (!rtc || !place)
		goto free;
	rtc->parent = parent;
	rtc->ops = ops;
	rtc->data = data;
	if (ops->read_time)
		rtc->kernel_ops.read_time = read_time;
	if (ops->set_time)
		rtc->kernel_ops.set_time = set_time;
	place->rtc = rtc;
	devres_add(parent, place);
	/* A group can be undone before the parent's driver is unbound. */
	if (!devres_open_group(parent, rtc, GFP_KERNEL)) {
		devres_destroy(parent, leave, NULL, NULL);
		kfree(rtc);
		return ERR_PTR(-ENOMEM);
	}
	ret = register_managed(rtc, plan);
	devres_close_group(parent, rtc);
	if (!ret)
		return rtc;
	kmod_rtc_end(rtc);
	return ERR_PTR(ret);
free:
	devres_free(place);
	kfree(rtc);
	return ERR_PTR(-ENOMEM);
}

void kmod_rtc_end(struct kmod_rtc *rtc)
{
	/*
	 * The kernel takes the clock's files away with the lock that who reads them wants, and waits for
	 * who reads: so they go before.
	 */
	if (rtc->device)
		sysfs_remove_groups(&rtc->device->dev.kobj, rtc->device->dev.groups);
	/* The clock has no functions from then on, whoever has it open. */
	devres_release_group(rtc->parent, rtc);
	devres_destroy(rtc->parent, leave, NULL, NULL);
	kfree(rtc);
}
