// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/io.h>

static struct resource *resource_of(struct device *device, unsigned int index)
{
	return platform_get_resource(to_platform_device(device), IORESOURCE_MEM, index);
}

void *kmod_iomem_map(struct device *device, unsigned int index, size_t size, size_t align)
{
	struct resource *resource;
	void __iomem *base;

	if (!dev_is_platform(device))
		return ERR_PTR(-ENODEV);
	resource = resource_of(device, index);
	if (!resource) {
		dev_err(device, "there is no memory resource %u\n", index);
		return ERR_PTR(-ENXIO);
	}
	if (resource_size(resource) < size || !IS_ALIGNED(resource->start, align)) {
		dev_err(device, "memory resource %u is %pR, its registers take %zu bytes, aligned to %zu\n",
			index, resource, size, align);
		return ERR_PTR(-ENXIO);
	}
	if (!request_mem_region(resource->start, resource_size(resource),
				dev_driver_string(device)))
		return ERR_PTR(-EBUSY);
	base = ioremap(resource->start, resource_size(resource));
	if (!base) {
		release_mem_region(resource->start, resource_size(resource));
		return ERR_PTR(-ENOMEM);
	}
	return (void __force *)base;
}

void kmod_iomem_place(struct device *device, unsigned int index, u64 *start, u64 *size)
{
	struct resource *resource = resource_of(device, index);

	*start = resource->start;
	*size = resource_size(resource);
}

void kmod_iomem_unmap(struct device *device, unsigned int index, void *base)
{
	struct resource *resource = resource_of(device, index);

	iounmap((void __iomem __force *)base);
	release_mem_region(resource->start, resource_size(resource));
}
