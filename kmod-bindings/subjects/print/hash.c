// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/kernel.h>

int kmod_hash_pointer(const void *pointer, char *buffer, size_t size)
{
	return scnprintf(buffer, size, "%p", pointer);
}
