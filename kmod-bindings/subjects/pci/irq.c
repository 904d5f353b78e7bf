// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/pci.h"

#include <linux/interrupt.h>

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

static void free_vectors(struct pci_dev *device)
{
	if (is_message(device))
		pci_clear_master(device);
	pci_free_irq_vectors(device);
}

int kmod_pci_irq_request(struct pci_dev *device, unsigned int kinds, irq_handler_t handler,
			 irq_handler_t thread, void *data)
{
	unsigned long flags = handler ? 0 : IRQF_ONESHOT;
	int line, error;

	error = pci_alloc_irq_vectors(device, 1, 1, kinds_of(kinds));
	if (error < 0) {
		pci_err(device, "no interrupt of the kinds that its driver takes\n");
		return error;
	}
	/* A message is a write to memory. */
	if (is_message(device))
		pci_set_master(device);
	line = pci_irq_vector(device, 0);
	if (!is_message(device))
		flags |= IRQF_SHARED;
	error = request_threaded_irq(line, handler, thread, flags,
				     dev_driver_string(&device->dev), data);
	if (error) {
		free_vectors(device);
		return error;
	}
	return line;
}

void kmod_pci_irq_free(struct pci_dev *device, void *data)
{
	free_irq(pci_irq_vector(device, 0), data);
	free_vectors(device);
}
