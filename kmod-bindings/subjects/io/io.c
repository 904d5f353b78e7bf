// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#define KMOD_READ(name, word, read)			\
	word name(const void *at)			\
	{						\
		return read((const void __iomem __force *)at);	\
	}

#define KMOD_WRITE(name, word, write)			\
	void name(void *at, word value)			\
	{						\
		write(value, (void __iomem __force *)at);	\
	}

KMOD_READ(kmod_io_read8, u8, readb)
KMOD_WRITE(kmod_io_write8, u8, writeb)
KMOD_READ(kmod_io_read8_relaxed, u8, readb_relaxed)
KMOD_WRITE(kmod_io_write8_relaxed, u8, writeb_relaxed)
KMOD_READ(kmod_io_read16, u16, readw)
KMOD_WRITE(kmod_io_write16, u16, writew)
KMOD_READ(kmod_io_read16_relaxed, u16, readw_relaxed)
KMOD_WRITE(kmod_io_write16_relaxed, u16, writew_relaxed)
KMOD_READ(kmod_io_read32, u32, readl)
KMOD_WRITE(kmod_io_write32, u32, writel)
KMOD_READ(kmod_io_read32_relaxed, u32, readl_relaxed)
KMOD_WRITE(kmod_io_write32_relaxed, u32, writel_relaxed)
KMOD_READ(kmod_io_read64, u64, readq)
KMOD_WRITE(kmod_io_write64, u64, writeq)
KMOD_READ(kmod_io_read64_relaxed, u64, readq_relaxed)
KMOD_WRITE(kmod_io_write64_relaxed, u64, writeq_relaxed)
