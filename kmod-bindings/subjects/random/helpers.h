/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_RANDOM_H
#define KMOD_RANDOM_H

#include <linux/random.h>

/* get_random_bytes(), whatever type it has for the length. */
void kmod_random_bytes(void *buffer, size_t length);

/* add_device_randomness(), whatever type it has for the length. */
void kmod_add_randomness(const void *data, size_t length);

#endif
