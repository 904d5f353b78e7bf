/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_CRC_H
#define KMOD_COMPAT_CRC_H

#include <linux/crc32.h>

/*
 * crc32c() is one of the kernel's own functions since crc32() is no macro any more (6.14); before, it is
 * in a module, and what that stands on is __crc32c_le().
 */
#ifdef crc32
#define kmod_compat_crc32c(crc, data, length) __crc32c_le(crc, data, length)
#else
#define kmod_compat_crc32c(crc, data, length) crc32c(crc, data, length)
#endif

#endif
