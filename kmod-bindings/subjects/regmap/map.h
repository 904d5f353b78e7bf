/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_REGMAP_MAP_H
#define KMOD_REGMAP_MAP_H

#include <linux/mutex.h>

#include "helpers.h"

/* Makes the kernel's map, of a device that is on this bus. The mutex is there for a lock of the bus's own. */
typedef struct regmap *kmod_regmap_make(struct device *device, struct regmap_config *config,
					struct mutex *lock);

struct kmod_regmap *kmod_regmap_init(struct device *device, const struct kmod_regmap_plan *plan,
				     kmod_regmap_make *make);

#endif
