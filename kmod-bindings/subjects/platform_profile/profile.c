// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/acpi.h>
#include <linux/slab.h>
#include <linux/version.h>

/* Kernels before 5.12 have no such header, and no profiles. */
#if !__has_include(<linux/platform_profile.h>)

int kmod_platform_profile_make(struct kmod_platform_profile *profile, struct device *parent,
			       const struct kmod_class_name *name, unsigned int choices,
			       const struct kmod_platform_profile_ops *ops, void *data)
{
	return -EOPNOTSUPP;
}

void kmod_platform_profile_shut(struct kmod_platform_profile *profile)
{
}

void kmod_platform_profile_end(struct kmod_platform_profile *profile)
{
}

void kmod_platform_profile_notify(struct kmod_platform_profile *profile)
{
}

#else
#include <linux/platform_profile.h>

static const enum platform_profile_option options[KMOD_PROFILE_END] = {
	[KMOD_PROFILE_LOW_POWER] = PLATFORM_PROFILE_LOW_POWER,
	[KMOD_PROFILE_COOL] = PLATFORM_PROFILE_COOL,
	[KMOD_PROFILE_QUIET] = PLATFORM_PROFILE_QUIET,
	[KMOD_PROFILE_BALANCED] = PLATFORM_PROFILE_BALANCED,
	[KMOD_PROFILE_BALANCED_PERFORMANCE] = PLATFORM_PROFILE_BALANCED_PERFORMANCE,
	[KMOD_PROFILE_PERFORMANCE] = PLATFORM_PROFILE_PERFORMANCE,
};

static int get(struct kmod_platform_profile *profile, enum platform_profile_option *option)
{
	int number = profile->ops->profile_get(profile->data);

	if (number < 0)
		return number;
	if (number >= KMOD_PROFILE_END)
		return -EINVAL;
	*option = options[number];
	return 0;
}

static int set(struct kmod_platform_profile *profile, enum platform_profile_option option)
{
	unsigned int number;

	for (number = 0; number < KMOD_PROFILE_END; number++)
		if (options[number] == option)
			return profile->ops->profile_set(profile->data, number);
	return -EOPNOTSUPP;
}

static void choose(unsigned long *bits, unsigned int choices)
{
	unsigned int number;

	for (number = 0; number < KMOD_PROFILE_END; number++)
		if (choices & BIT(number))
			__set_bit(options[number], bits);
}

/* Since 6.14 it is a device, of which there may be several. The version has to tell. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
struct kmod_platform_profile_kernel {
	struct platform_profile_ops ops;
	struct device *device;
	unsigned int choices;
};

static int probe(void *data, unsigned long *bits)
{
	struct kmod_platform_profile *profile = data;

	choose(bits, profile->kernel->choices);
	return 0;
}

static int profile_get(struct device *device, enum platform_profile_option *option)
{
	return get(dev_get_drvdata(device), option);
}

static int profile_set(struct device *device, enum platform_profile_option option)
{
	return set(dev_get_drvdata(device), option);
}

/*
 * The kernel takes these files away with the lock that who reads them waits for: it would hang until the reader
 * gets a signal. So they go before, without it; what is to stay is made anew with it.
 */
static void hide(struct kobject *folder, const char *const names[])
{
	for (; *names; names++) {
		struct attribute file = { .name = *names };

		sysfs_remove_file(folder, &file);
	}
}

static void hide_common(void)
{
	static const char *const names[] = { "platform_profile", "platform_profile_choices", NULL };

	hide(acpi_kobj, names);
}

static int make(struct kmod_platform_profile *profile, struct device *parent, unsigned int choices)
{
	struct kmod_platform_profile_kernel *kernel = profile->kernel;

	kernel->choices = choices;
	kernel->ops.probe = probe;
	kernel->ops.profile_get = profile_get;
	kernel->ops.profile_set = profile_set;
	hide_common();
	kernel->device = platform_profile_register(parent, profile->name, profile, &kernel->ops);
	return PTR_ERR_OR_ZERO(kernel->device);
}

static void end(struct kmod_platform_profile *profile)
{
	static const char *const names[] = { "name", "choices", "profile", NULL };
	struct device *device = profile->kernel->device;

	hide(&device->kobj, names);
	hide_common();
	platform_profile_remove(device);
}

static void notify(struct kmod_platform_profile *profile)
{
	platform_profile_notify(profile->kernel->device);
}
#else
struct kmod_platform_profile_kernel {
	struct platform_profile_handler handler;
	struct kmod_platform_profile *profile;
};

static struct kmod_platform_profile *profile_of(struct platform_profile_handler *handler)
{
	return container_of(handler, struct kmod_platform_profile_kernel, handler)->profile;
}

static int profile_get(struct platform_profile_handler *handler,
		       enum platform_profile_option *option)
{
	return get(profile_of(handler), option);
}

static int profile_set(struct platform_profile_handler *handler,
		       enum platform_profile_option option)
{
	return set(profile_of(handler), option);
}

static int make(struct kmod_platform_profile *profile, struct device *parent, unsigned int choices)
{
	struct kmod_platform_profile_kernel *kernel = profile->kernel;

	kernel->profile = profile;
	choose(kernel->handler.choices, choices);
	kernel->handler.profile_get = profile_get;
	kernel->handler.profile_set = profile_set;
	return platform_profile_register(&kernel->handler);
}

static void end(struct kmod_platform_profile *profile)
{
	platform_profile_remove();
}

static void notify(struct kmod_platform_profile *profile)
{
	platform_profile_notify();
}
#endif

/* The kernel's own takes the lock with which the functions are called. */
static void changed(struct work_struct *work)
{
	notify(container_of(work, struct kmod_platform_profile, changed));
}

int kmod_platform_profile_make(struct kmod_platform_profile *profile, struct device *parent,
			       const struct kmod_class_name *name, unsigned int choices,
			       const struct kmod_platform_profile_ops *ops, void *data)
{
	int ret = -ENOMEM;

	profile->ops = ops;
	profile->data = data;
	INIT_WORK(&profile->changed, changed);
	profile->name = kmod_class_name_make(name);
	profile->kernel = kzalloc(sizeof(*profile->kernel), GFP_KERNEL);
	if (profile->name && profile->kernel)
		ret = make(profile, parent, choices);
	if (!ret) {
		kmod_class_gate_open(&profile->gate);
		return 0;
	}
	kfree(profile->kernel);
	kfree(profile->name);
	return ret;
}

void kmod_platform_profile_shut(struct kmod_platform_profile *profile)
{
	kmod_class_gate_shut(&profile->gate);
}

void kmod_platform_profile_end(struct kmod_platform_profile *profile)
{
	cancel_work_sync(&profile->changed);
	end(profile);
	kfree(profile->kernel);
	kfree(profile->name);
}

void kmod_platform_profile_notify(struct kmod_platform_profile *profile)
{
	kmod_class_gate_pass(&profile->gate, schedule_work(&profile->changed));
}
#endif
