// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/pci.h"

static unsigned int kinds_of(unsigned int kinds)
{
	unsigned int flags = 0;

	if (kinds & KMOD_PCI_IRQ_INTX)
		flags |= PCI_IRQ_INTX;
	if (kinds & KMOD_PCI_IRQ_MSI)
		flags |= PCI_IRQ_MSI;
	if (kinds & KMOD_PCI_IRQ_MSIX)
		flags |= PCI_IRQ_MSIX;
	return flags;
}

static bool is_message(struct pci_dev *device)
{
	return device->msi_enabled || device->msix_enabled;
}

int kmod_pci_irq_vectors(struct pci_dev *device, unsigned int kinds, unsigned int count)
{
	int error = pci_alloc_irq_vectors(device, count, count, kinds_of(kinds));

	/* All can share the line. */
	if (error < 0 && count > 1 && kinds & KMOD_PCI_IRQ_INTX)
		error = pci_alloc_irq_vectors(device, 1, 1, PCI_IRQ_INTX);
	if (error < 0) {
		pci_err(device, "%u interrupts of the kinds that its driver takes are not there\n",
			count);
		return error;
	}
	/* A message is a write to memory. */
	if (is_message(device))
		pci_set_master(device);
	return 0;
}

void kmod_pci_irq_vectors_free(struct pci_dev *device)
{
	if (is_message(device))
		pci_clear_master(device);
	pci_free_irq_vectors(device);
}

int kmod_pci_irq_request(struct pci_dev *device, unsigned int vector,
			 const struct kmod_irq_calls *calls)
{
	bool shared = !is_message(device);

	return kmod_irq_request(&device->dev, pci_irq_vector(device, shared ? 0 : vector),
				shared ? IRQF_SHARED : 0, calls);
}
