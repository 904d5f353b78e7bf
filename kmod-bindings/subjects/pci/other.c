// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

/* Whether its configuration space can be read as long as somebody has the device. What that takes of a host bridge which
 * ACPI, or a PC, has goes after the last device behind it; of one which is a device itself, with that one's driver. And
 * a virtual function does not keep the bus of its physical one. */
static bool stays(struct pci_dev *device)
{
	struct pci_bus *bus = device->bus;

	if (device->is_virtfn)
		return false;
	while (!pci_is_root_bus(bus))
		bus = bus->parent;
	return !bus->bridge->parent;
}

struct pci_dev *kmod_pci_other_at(unsigned int domain, unsigned int bus, unsigned int devfn)
{
	struct pci_dev *device = pci_get_domain_bus_and_slot(domain, bus, devfn);

	if (!device || stays(device))
		return device;
	pci_dev_put(device);
	return NULL;
}

struct pci_dev *kmod_pci_other_after(struct pci_dev *device, unsigned int vendor, unsigned int id)
{
	device = pci_dev_get(device);
	do
		device = pci_get_device(vendor, id, device);
	while (device && !stays(device));
	return device;
}
