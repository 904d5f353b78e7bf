// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

struct pci_dev *kmod_pci_of(struct device *device)
{
	return dev_is_pci(device) ? to_pci_dev(device) : NULL;
}

void *kmod_pci_bar_map(struct pci_dev *device, int bar, size_t size, bool ports)
{
	void __iomem *base;
	int error;

	if (!(pci_resource_flags(device, bar) & (ports ? IORESOURCE_IO : IORESOURCE_MEM))) {
		pci_err(device, "BAR %d is none of %s\n", bar, ports ? "I/O ports" : "memory");
		return ERR_PTR(-ENXIO);
	}
	if (pci_resource_len(device, bar) < size) {
		pci_err(device, "BAR %d has %llu bytes, its registers take %zu\n", bar,
			(unsigned long long)pci_resource_len(device, bar), size);
		return ERR_PTR(-ENXIO);
	}
	if (!pci_resource_start(device, bar)) {
		pci_err(device, "BAR %d has no place\n", bar);
		return ERR_PTR(-ENXIO);
	}
	error = pci_request_region(device, bar, dev_driver_string(&device->dev));
	if (error)
		return ERR_PTR(error);
	if (ports)
		return (void *)(unsigned long)pci_resource_start(device, bar);
	base = pci_iomap(device, bar, size);
	if (!base) {
		pci_release_region(device, bar);
		return ERR_PTR(-ENOMEM);
	}
	return (void __force *)base;
}

void kmod_pci_bar_place(const struct pci_dev *device, int bar, u64 *start, u64 *size)
{
	*start = pci_resource_start(device, bar);
	*size = pci_resource_len(device, bar);
}

void kmod_pci_bar_unmap(struct pci_dev *device, int bar, void *base, bool ports)
{
	if (!ports)
		pci_iounmap(device, (void __iomem __force *)base);
	pci_release_region(device, bar);
}
