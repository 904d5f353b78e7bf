// SPDX-License-Identifier: GPL-2.0-only
#include "map.h"

#include <linux/i2c.h>

/* A kernel without I2C has no maps of registers there. */
#if IS_ENABLED(CONFIG_REGMAP_I2C)

static struct regmap *make(struct device *device, struct regmap_config *config,
			   struct mutex *lock)
{
	struct i2c_client *client = i2c_verify_client(device);

	return client ? regmap_init_i2c(client, config) : ERR_PTR(-ENODEV);
}

struct kmod_regmap *kmod_regmap_init_i2c(struct device *device, const struct kmod_regmap_plan *plan)
{
	return kmod_regmap_init(device, plan, make);
}

#endif
