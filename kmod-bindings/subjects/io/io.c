// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#define KMOD_IO(bits, letter)								\
	u##bits kmod_io_read##bits(const void *at)					\
	{										\
		return read##letter((const void __iomem __force *)at);			\
	}										\
	u##bits kmod_io_read##bits##_relaxed(const void *at)				\
	{										\
		return read##letter##_relaxed((const void __iomem __force *)at);	\
	}										\
	void kmod_io_write##bits(void *at, u##bits value)				\
	{										\
		write##letter(value, (void __iomem __force *)at);			\
	}										\
	void kmod_io_write##bits##_relaxed(void *at, u##bits value)			\
	{										\
		write##letter##_relaxed(value, (void __iomem __force *)at);		\
	}

KMOD_IO(8, b)
KMOD_IO(16, w)
KMOD_IO(32, l)
KMOD_IO(64, q)
