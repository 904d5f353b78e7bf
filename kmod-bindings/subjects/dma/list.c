// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/scatterlist.h>
#include <linux/slab.h>

struct kmod_dma_list {
	struct sg_table table;
	struct scatterlist *next;
};

struct kmod_dma_list *kmod_dma_list_new(unsigned int pieces, unsigned int flags)
{
	struct kmod_dma_list *list = kzalloc(sizeof(*list), (__force gfp_t)flags);

	if (!list)
		return NULL;
	if (pieces && sg_alloc_table(&list->table, pieces, (__force gfp_t)flags)) {
		kfree(list);
		return NULL;
	}
	list->next = list->table.sgl;
	return list;
}

void kmod_dma_list_free(struct kmod_dma_list *list)
{
	sg_free_table(&list->table);
	kfree(list);
}

int kmod_dma_list_add(struct kmod_dma_list *list, void *memory, size_t size)
{
	if (!size || size > UINT_MAX || is_vmalloc_addr(memory))
		return -EINVAL;
	sg_set_buf(list->next, memory, size);
	list->next = sg_next(list->next);
	return 0;
}

int kmod_dma_list_map(struct device *device, struct kmod_dma_list *list, unsigned int direction)
{
	struct scatterlist *piece;
	unsigned int index;
	int error;

	if (!list->table.orig_nents)
		return -EINVAL;
	for_each_sgtable_sg(&list->table, piece, index) {
		error = kmod_dma_reaches(device, sg_virt(piece), piece->length);
		if (error)
			return error;
	}
	/* Others than -EIO depend on the kernel. */
	return dma_map_sgtable(device, &list->table, direction, DMA_ATTR_NO_WARN) ? -ENOMEM : 0;
}

void kmod_dma_list_unmap(struct device *device, struct kmod_dma_list *list, unsigned int direction)
{
	dma_unmap_sgtable(device, &list->table, direction, 0);
}

void kmod_dma_list_sync(struct device *device, struct kmod_dma_list *list, unsigned int direction)
{
	dma_sync_sgtable_for_cpu(device, &list->table, direction);
}

unsigned int kmod_dma_list_segments(const struct kmod_dma_list *list)
{
	return list->table.nents;
}

struct scatterlist *kmod_dma_list_segment(struct kmod_dma_list *list, struct scatterlist *before,
					  u64 *address, size_t *size)
{
	struct scatterlist *segment = before ? sg_next(before) : list->table.sgl;

	*address = sg_dma_address(segment);
	*size = sg_dma_len(segment);
	return segment;
}
