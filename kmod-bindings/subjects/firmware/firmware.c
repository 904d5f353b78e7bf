// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/err.h>
#include <linux/firmware.h>

const struct firmware *kmod_firmware_request(const char *name, struct device *device)
{
	const struct firmware *firmware;
	int ret = request_firmware(&firmware, name, device);

	return ret ? ERR_PTR(ret) : firmware;
}

void kmod_firmware_release(const struct firmware *firmware)
{
	release_firmware(firmware);
}

const u8 *kmod_firmware_data(const struct firmware *firmware)
{
	return firmware->data;
}

size_t kmod_firmware_size(const struct firmware *firmware)
{
	return firmware->size;
}
