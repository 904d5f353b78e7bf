// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/crc-ccitt.h>

u16 kmod_crc_ccitt(u16 crc, const u8 *data, size_t length)
{
	return crc_ccitt(crc, data, length);
}
