// SPDX-License-Identifier: GPL-2.0-only
#include "map.h"

#include <linux/spi/spi.h>

#include "../spi/setting.h"

/* A kernel without SPI has no maps of registers there. */
#if IS_ENABLED(CONFIG_REGMAP_SPI)

/*
 * A device is not set up while it is talked to, and the kernel's map asks nobody: its lock is the place, which who reads a
 * file in debugfs takes, too.
 */
static void take(void *lock)
{
	mutex_lock(lock);
	kmod_spi_begin_talking();
}

static void give(void *lock)
{
	kmod_spi_end_talking();
	mutex_unlock(lock);
}

static struct regmap *make(struct device *device, struct regmap_config *config,
			   struct mutex *lock)
{
	if (device->bus != &spi_bus_type)
		return ERR_PTR(-ENODEV);
	config->lock = take;
	config->unlock = give;
	config->lock_arg = lock;
	config->can_sleep = true;
	return regmap_init_spi(to_spi_device(device), config);
}

struct kmod_regmap *kmod_regmap_init_spi(struct device *device, const struct kmod_regmap_plan *plan)
{
	return kmod_regmap_init(device, plan, make);
}

#endif
