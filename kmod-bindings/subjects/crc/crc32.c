// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include "../../compat/crc.h"

u32 kmod_crc32(u32 crc, const u8 *data, size_t length)
{
	return crc32_le(crc, data, length);
}

u32 kmod_crc32_be(u32 crc, const u8 *data, size_t length)
{
	return crc32_be(crc, data, length);
}

u32 kmod_crc32c(u32 crc, const u8 *data, size_t length)
{
	return kmod_compat_crc32c(crc, data, length);
}
