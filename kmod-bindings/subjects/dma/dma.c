// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/kmemleak.h>
#include <linux/pci.h>

int kmod_dma_set_mask(struct device *device, unsigned int bits)
{
	return dma_set_mask_and_coherent(device, DMA_BIT_MASK(bits));
}

void *kmod_dma_alloc(struct device *device, size_t size, u64 *address)
{
	dma_addr_t at;
	void *memory;

	/* The kernel warns of a device that was never meant to do this. */
	if (!device->coherent_dma_mask)
		return NULL;
	/* All of the last page is zeroed: it may be mapped. */
	memory = dma_alloc_coherent(device, PAGE_ALIGN(size), &at, GFP_KERNEL | __GFP_NOWARN);
	if (memory)
		*address = at;
	return memory;
}

void kmod_dma_free(struct device *device, size_t size, void *memory, u64 address)
{
	dma_free_coherent(device, PAGE_ALIGN(size), memory, address);
}

void kmod_dma_start(struct device *device)
{
	if (dev_is_pci(device))
		pci_set_master(to_pci_dev(device));
}

bool kmod_dma_stop(struct device *device)
{
	struct pci_dev *pci;
	u16 command;

	if (!dev_is_pci(device))
		return false;
	pci = to_pci_dev(device);
	pci_clear_master(pci);
	/* The answer comes after all that the device has written before. */
	pci_read_config_word(pci, PCI_COMMAND, &command);
	/* One that was pulled out reads as all ones, and has nothing to wait for. */
	if (command == (u16)~0)
		return true;
	pci_wait_for_pending_transaction(pci);
	return false;
}

void kmod_dma_keep(struct device *device, size_t size, const void *holder)
{
	dev_warn(device, "%zu bytes stay the device's: its driver has not ended their DMA\n", size);
	if (holder)
		kmemleak_not_leak(holder);
}

void kmod_dma_rmb(void)
{
	dma_rmb();
}

void kmod_dma_wmb(void)
{
	dma_wmb();
}
