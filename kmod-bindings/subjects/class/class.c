// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/kernel.h>
#include <linux/slab.h>

char *kmod_class_name_make(const struct kmod_class_name *name)
{
	if (!name->after)
		return kstrdup(name->before, GFP_KERNEL);
	return kasprintf(GFP_KERNEL, "%s%u%s", name->before, name->index, name->after);
}
