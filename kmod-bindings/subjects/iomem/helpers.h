/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IOMEM_H
#define KMOD_IOMEM_H

#include <linux/platform_device.h>

/* Takes and maps "size" bytes of a platform device's memory resource; or an ERR_PTR. */
void *kmod_iomem_map(struct device *device, unsigned int index, size_t size, size_t align);
void kmod_iomem_place(struct device *device, unsigned int index, u64 *start, u64 *size);
void kmod_iomem_unmap(struct device *device, unsigned int index, void *base);

#endif
