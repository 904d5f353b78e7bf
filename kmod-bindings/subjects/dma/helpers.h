/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_DMA_H
#define KMOD_DMA_H

#include <linux/dma-mapping.h>

/* Of addresses of so many bits, 1 to 64. */
int kmod_dma_set_mask(struct device *device, unsigned int bits);

/* Zeroed memory that the device sees at "address", or NULL. */
void *kmod_dma_alloc(struct device *device, size_t size, u64 *address);
void kmod_dma_free(struct device *device, size_t size, void *memory, u64 address);

static const unsigned int KMOD_DMA_BIDIRECTIONAL = DMA_BIDIRECTIONAL;
static const unsigned int KMOD_DMA_TO_DEVICE = DMA_TO_DEVICE;
static const unsigned int KMOD_DMA_FROM_DEVICE = DMA_FROM_DEVICE;

/* Gives memory to the device, which sees it at "address"; or an errno. */
int kmod_dma_map(struct device *device, void *memory, size_t size, unsigned int direction,
		 u64 *address);
void kmod_dma_unmap(struct device *device, u64 address, size_t size, unsigned int direction);

/* What the device has written until now is seen in memory that stays mapped. */
void kmod_dma_sync(struct device *device, u64 address, size_t size, unsigned int direction);

/* 0 if a device sees memory, if need be by a copy, or an errno. */
int kmod_dma_reaches(struct device *device, void *memory, size_t size);

/* Pieces of memory of kmalloc()'s, to be mapped in one step; NULL when there is no memory. */
struct kmod_dma_list;

struct kmod_dma_list *kmod_dma_list_new(unsigned int pieces, unsigned int flags);
void kmod_dma_list_free(struct kmod_dma_list *list);

/* Adds one, of so many as it was made for; or an errno. */
int kmod_dma_list_add(struct kmod_dma_list *list, void *memory, size_t size);

/* As kmod_dma_map() and its like, when all pieces are in it. */
int kmod_dma_list_map(struct device *device, struct kmod_dma_list *list, unsigned int direction);
void kmod_dma_list_unmap(struct device *device, struct kmod_dma_list *list, unsigned int direction);
void kmod_dma_list_sync(struct device *device, struct kmod_dma_list *list, unsigned int direction);

/* How many segments the device sees once it is mapped; the one after another, or the first after NULL. */
unsigned int kmod_dma_list_segments(const struct kmod_dma_list *list);
struct scatterlist *kmod_dma_list_segment(struct kmod_dma_list *list, struct scatterlist *before,
					  u64 *address, size_t *size);

/* Lets a device get at memory by itself. */
void kmod_dma_start(struct device *device);

/*
 * One of PCI does not any more, and what it had begun is over, or put off until the next kmod_dma_start() of whomever,
 * when this returns. Whether it is gone for good.
 */
bool kmod_dma_stop(struct device *device);

/* Says that memory stays where it is, for a device that may get at it again; with what has it, of kmalloc(), or NULL. */
void kmod_dma_keep(struct device *device, size_t size, const void *holder);

/* Order accesses to memory that a device sees. */
void kmod_dma_rmb(void);
void kmod_dma_wmb(void);

#endif
