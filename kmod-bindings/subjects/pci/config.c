// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

/* What the kernel sets itself, while a driver is bound, too. */
static const struct {
	u8 id;
	u8 bytes;
} managed[] = {
	{ PCI_CAP_ID_PM, PCI_PM_SIZEOF },
	{ PCI_CAP_ID_AGP, PCI_AGP_SIZEOF },
	{ PCI_CAP_ID_MSI, 24 },
	{ PCI_CAP_ID_PCIX, 24 },
	{ PCI_CAP_ID_HT, 28 },
	{ PCI_CAP_ID_EXP, 60 },
	{ PCI_CAP_ID_MSIX, PCI_CAP_MSIX_SIZEOF },
	{ PCI_CAP_ID_EA, 252 },
	{ PCI_CAP_ID_AF, PCI_CAP_AF_SIZEOF },
};

static bool is_managed(struct pci_dev *device, unsigned int at, unsigned int bytes)
{
	int i;

	if (at < PCI_STD_HEADER_SIZEOF || at + bytes > PCI_CFG_SPACE_SIZE)
		return true;
	for (i = 0; i < ARRAY_SIZE(managed); i++) {
		unsigned int start = pci_find_capability(device, managed[i].id);

		if (start && at < start + managed[i].bytes && at + bytes > start)
			return true;
	}
	return false;
}

int kmod_pci_config_size(const struct pci_dev *device)
{
	return device->cfg_size;
}

int kmod_pci_config_read(struct pci_dev *device, unsigned int at, unsigned int bytes, u32 *value)
{
	int error;
	u16 word;
	u8 byte;

	switch (bytes) {
	case 1:
		error = pci_read_config_byte(device, at, &byte);
		*value = byte;
		break;
	case 2:
		error = pci_read_config_word(device, at, &word);
		*value = word;
		break;
	default:
		error = pci_read_config_dword(device, at, value);
		break;
	}
	return pcibios_err_to_errno(error);
}

int kmod_pci_config_write(struct pci_dev *device, unsigned int at, unsigned int bytes, u32 value)
{
	if (is_managed(device, at, bytes))
		return -EPERM;
	switch (bytes) {
	case 1:
		return pcibios_err_to_errno(pci_write_config_byte(device, at, value));
	case 2:
		return pcibios_err_to_errno(pci_write_config_word(device, at, value));
	default:
		return pcibios_err_to_errno(pci_write_config_dword(device, at, value));
	}
}
