/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CRC_H
#define KMOD_CRC_H

#include <linux/types.h>

/* "crc" is what came out before, or what to begin with. Nothing is inverted. */
u32 kmod_crc32(u32 crc, const u8 *data, size_t length);
u32 kmod_crc32_be(u32 crc, const u8 *data, size_t length);
u32 kmod_crc32c(u32 crc, const u8 *data, size_t length);
u16 kmod_crc_ccitt(u16 crc, const u8 *data, size_t length);

#endif
