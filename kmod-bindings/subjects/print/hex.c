// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/kernel.h>

void kmod_hex_dump(const char *level, const char *prefix, const void *bytes, size_t length)
{
	print_hex_dump(level, prefix, DUMP_PREFIX_OFFSET, 16, 1, bytes, length, true);
}
