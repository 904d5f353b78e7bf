/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_FIRMWARE_H
#define KMOD_FIRMWARE_H

#include <linux/types.h>

struct device;
struct firmware;

/* The file "name", for a device or for NULL; an error as a pointer. May sleep, and so may the release. */
const struct firmware *kmod_firmware_request(const char *name, struct device *device);
void kmod_firmware_release(const struct firmware *firmware);

/* Its bytes, which nobody changes, and how many. */
const u8 *kmod_firmware_data(const struct firmware *firmware);
size_t kmod_firmware_size(const struct firmware *firmware);

#endif
