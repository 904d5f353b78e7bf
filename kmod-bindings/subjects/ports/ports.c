// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/io.h>

#define KMOD_PORTS(bits, letter)				\
	u##bits kmod_io_in##bits(u16 port)			\
	{							\
		return in##letter(port);			\
	}							\
	void kmod_io_out##bits(u16 port, u##bits value)		\
	{							\
		out##letter(value, port);			\
	}

KMOD_PORTS(8, b)
KMOD_PORTS(16, w)
KMOD_PORTS(32, l)
