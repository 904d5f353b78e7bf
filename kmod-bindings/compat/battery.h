/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_BATTERY_H
#define KMOD_COMPAT_BATTERY_H

#include <linux/list.h>
#include <linux/power_supply.h>

#include <acpi/battery.h>

/* Since 6.2, back-ported, a hook's functions get the hook: picks what fits. */
#define kmod_compat_battery_hook(plain, with_hook)				\
	_Generic(((struct acpi_battery_hook *)NULL)->add_battery,		\
		 int (*)(struct power_supply *): plain,				\
		 int (*)(struct power_supply *, struct acpi_battery_hook *): with_hook)

#endif
