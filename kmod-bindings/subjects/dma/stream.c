// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/dma-direct.h>
#include <linux/iommu.h>
#include <linux/mm.h>

/* Whether the device sees other addresses than the memory has. */
static bool is_translated(struct device *device)
{
	struct iommu_domain *domain = iommu_get_domain_for_dev(device);

	return domain && domain->type != IOMMU_DOMAIN_IDENTITY;
}

/* Whether its own addresses reach so far. */
static bool is_reached(struct device *device, void *memory, size_t size)
{
	u64 last = phys_to_dma(device, virt_to_phys(memory)) + size - 1;

	return last <= min_not_zero(*device->dma_mask, device->bus_dma_limit);
}

int kmod_dma_reaches(struct device *device, void *memory, size_t size)
{
	/* The kernel warns of a device that was never meant to do this. */
	if (!device->dma_mask || !*device->dma_mask)
		return -EIO;
	/* And of memory that is out of reach where it has nothing to copy it to. */
	if (!is_translated(device) && !is_reached(device, memory, size) &&
	    dma_max_mapping_size(device) == SIZE_MAX)
		return -EIO;
	return 0;
}

int kmod_dma_map(struct device *device, void *memory, size_t size, unsigned int direction,
		 u64 *address)
{
	dma_addr_t at;
	int error;

	if (!size || is_vmalloc_addr(memory))
		return -EINVAL;
	error = kmod_dma_reaches(device, memory, size);
	if (error)
		return error;
	at = dma_map_single_attrs(device, memory, size, direction, DMA_ATTR_NO_WARN);
	if (dma_mapping_error(device, at))
		return -ENOMEM;
	*address = at;
	return 0;
}

void kmod_dma_sync(struct device *device, u64 address, size_t size, unsigned int direction)
{
	dma_sync_single_for_cpu(device, address, size, direction);
}

void kmod_dma_unmap(struct device *device, u64 address, size_t size, unsigned int direction)
{
	dma_unmap_single(device, address, size, direction);
}
