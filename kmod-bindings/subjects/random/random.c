// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/kernel.h>
#include <linux/sizes.h>

/* The length was an int, or an unsigned int, before 5.18. */
#define CHUNK ((size_t)SZ_1M)

void kmod_random_bytes(void *buffer, size_t length)
{
	while (length) {
		size_t now = min(length, CHUNK);

		get_random_bytes(buffer, now);
		buffer += now;
		length -= now;
	}
}

void kmod_add_randomness(const void *data, size_t length)
{
	while (length) {
		size_t now = min(length, CHUNK);

		add_device_randomness(data, now);
		data += now;
		length -= now;
	}
}
