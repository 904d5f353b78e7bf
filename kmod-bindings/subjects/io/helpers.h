/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IO_H
#define KMOD_IO_H

#include <linux/io.h>

/* Memory of a device, little-endian: in order with other accesses to memory, or not. */
u8 kmod_io_read8(const void *at);
u8 kmod_io_read8_relaxed(const void *at);
void kmod_io_write8(void *at, u8 value);
void kmod_io_write8_relaxed(void *at, u8 value);
u16 kmod_io_read16(const void *at);
u16 kmod_io_read16_relaxed(const void *at);
void kmod_io_write16(void *at, u16 value);
void kmod_io_write16_relaxed(void *at, u16 value);
u32 kmod_io_read32(const void *at);
u32 kmod_io_read32_relaxed(const void *at);
void kmod_io_write32(void *at, u32 value);
void kmod_io_write32_relaxed(void *at, u32 value);
u64 kmod_io_read64(const void *at);
u64 kmod_io_read64_relaxed(const void *at);
void kmod_io_write64(void *at, u64 value);
void kmod_io_write64_relaxed(void *at, u64 value);

#endif
