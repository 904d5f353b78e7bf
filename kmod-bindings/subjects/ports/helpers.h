/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PORTS_H
#define KMOD_PORTS_H

#include <linux/types.h>

/* I/O ports. */
u8 kmod_io_in8(u16 port);
void kmod_io_out8(u16 port, u8 value);
u16 kmod_io_in16(u16 port);
void kmod_io_out16(u16 port, u16 value);
u32 kmod_io_in32(u16 port);
void kmod_io_out32(u16 port, u32 value);

/* Takes ports for this module alone; or an errno. */
int kmod_ports_request(unsigned int base, unsigned int count);
void kmod_ports_release(unsigned int base, unsigned int count);

#endif
