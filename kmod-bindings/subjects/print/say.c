// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/build_bug.h>
#include <linux/device.h>
#include <linux/kern_levels.h>
#include <linux/kernel.h>

#ifdef CONFIG_DYNAMIC_DEBUG
/* The bits of a place are where kmod-core puts them. */
static __always_inline void check_bits(void)
{
	union {
		struct _ddebug place;
		unsigned int words[sizeof(struct _ddebug) / sizeof(unsigned int)];
	} line = { .place = { .lineno = 1 } }, flags = { .place = { .flags = 1 } };

	BUILD_BUG_ON(line.words[8] != 1);
	BUILD_BUG_ON(flags.words[8] != 1u << (18 + KMOD_DDEBUG_CLASS_BITS));
	BUILD_BUG_ON(offsetof(struct _ddebug, modname) != 0);
	BUILD_BUG_ON(offsetof(struct _ddebug, function) != 8);
	BUILD_BUG_ON(offsetof(struct _ddebug, filename) != 16);
	BUILD_BUG_ON(offsetof(struct _ddebug, format) != 24);
#ifdef CONFIG_JUMP_LABEL
	BUILD_BUG_ON(offsetof(struct _ddebug, key) != 40);
	BUILD_BUG_ON(sizeof(struct static_key) != 16);
	BUILD_BUG_ON(sizeof(struct jump_entry) != 16);
#endif
}

static void say_at(struct _ddebug *place, const struct device *device, struct va_format *text)
{
	check_bits();
	if (device)
		__dynamic_dev_dbg(place, device, "%pV", text);
	else
		__dynamic_pr_debug(place, "%pV", text);
#ifdef _DPRINTK_FLAGS_INCL_STACK
	if (place->flags & _DPRINTK_FLAGS_INCL_STACK)
		dump_stack();
#endif
}
#else
static void say_at(void *place, const struct device *device, struct va_format *text)
{
}
#endif

void kmod_say(void *place, const struct device *device, const char *fmt, ...)
{
	struct va_format text;
	va_list args;

	va_start(args, fmt);
	text.fmt = printk_skip_level(fmt);
	text.va = &args;
	if (place)
		say_at(place, device, &text);
	else
		dev_printk_emit(printk_get_level(fmt) - '0', device, "%s %s: %pV",
				dev_driver_string(device), dev_name(device), &text);
	va_end(args);
}
