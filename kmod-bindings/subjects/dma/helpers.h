/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_DMA_H
#define KMOD_DMA_H

#include <linux/dma-mapping.h>

/* Of addresses of so many bits, 1 to 64. */
int kmod_dma_set_mask(struct device *device, unsigned int bits);

/* Zeroed memory that the device sees at "address", or NULL. */
void *kmod_dma_alloc(struct device *device, size_t size, u64 *address);
void kmod_dma_free(struct device *device, size_t size, void *memory, u64 address);

/* Lets a device get at memory by itself. */
void kmod_dma_start(struct device *device);

/* It does not any more, and what it had begun is over when this returns. */
void kmod_dma_stop(struct device *device);

/* Order accesses to memory that a device sees. */
void kmod_dma_rmb(void);
void kmod_dma_wmb(void);

#endif
