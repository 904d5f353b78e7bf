/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_REGMAP_H
#define KMOD_COMPAT_REGMAP_H

#include <linux/regmap.h>
#include <linux/version.h>

/*
 * The tree of cached values is a maple tree since 6.4, and the one before is there still. Both are names of an enum,
 * which the preprocessor cannot see: the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define KMOD_COMPAT_REGCACHE REGCACHE_MAPLE
#else
#define KMOD_COMPAT_REGCACHE REGCACHE_RBTREE
#endif

#endif
