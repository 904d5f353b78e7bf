/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_PCI_H
#define KMOD_PCI_H

#include <linux/pci.h>

#include "../driver/helpers.h"
#include "../irq/helpers.h"

/* What is called around each reset of a device, whoever asks for that, with the device's lock; either may be NULL. */
struct kmod_pci_resets {
	void (*reset_prepare)(struct device *device);
	void (*reset_done)(struct device *device);
};

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_pci_driver {
	struct pci_driver driver;
	struct kmod_driver_calls *calls;
	const struct kmod_pci_resets *resets;
};

/* Before the driver is registered: what it is to be told of resets. */
void kmod_pci_driver_hears(struct kmod_pci_driver *driver, const struct kmod_pci_resets *resets);

/* The driver is all zeroes, but for what kmod_pci_driver_hears() has set. */
int kmod_pci_driver_register(struct kmod_pci_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct pci_device_id *ids);
void kmod_pci_driver_unregister(struct kmod_pci_driver *driver);

struct pci_dev *kmod_pci_of(struct device *device); /* or NULL, if it is on another bus */

/* Reset a device's function: with its lock, which the caller has, or without, -EAGAIN if somebody has that. */
int kmod_pci_reset_function_locked(struct pci_dev *device);
int kmod_pci_try_reset_function(struct pci_dev *device);

/* Of the configuration space. */
int kmod_pci_config_size(const struct pci_dev *device);
int kmod_pci_config_read(struct pci_dev *device, unsigned int at, unsigned int bytes, u32 *value);
int kmod_pci_config_write(struct pci_dev *device, unsigned int at, unsigned int bytes, u32 value);

/* A device that is none of the caller's, with a reference: at a place; the next one of these ids after "device", or the
 * first one. Or NULL. Both may sleep. As long as somebody has the reference, its configuration space can be read. */
struct pci_dev *kmod_pci_other_at(unsigned int domain, unsigned int bus, unsigned int devfn);
struct pci_dev *kmod_pci_other_after(struct pci_dev *device, unsigned int vendor, unsigned int id);

/* Takes a BAR that is of memory and has "size" bytes, and maps them; or one that is of I/O ports, of which it
 * returns the number of the first one; or an ERR_PTR. */
void *kmod_pci_bar_map(struct pci_dev *device, int bar, size_t size, bool ports);
void kmod_pci_bar_place(const struct pci_dev *device, int bar, u64 *start, u64 *size);
void kmod_pci_bar_unmap(struct pci_dev *device, int bar, void *base, bool ports);

static const unsigned int KMOD_PCI_IRQ_INTX = 1;
static const unsigned int KMOD_PCI_IRQ_MSI = 2;
static const unsigned int KMOD_PCI_IRQ_MSIX = 4;

/* Gives a device so many interrupts of the first of these kinds of which it has so many; or its line, which all
 * of them share. 0, or an errno. */
int kmod_pci_irq_vectors(struct pci_dev *device, unsigned int kinds, unsigned int count);
void kmod_pci_irq_vectors_free(struct pci_dev *device);

/* Has one of them call what it is to; its line, or an errno. */
int kmod_pci_irq_request(struct pci_dev *device, unsigned int vector,
			 const struct kmod_irq_calls *calls);

#endif
