// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

int kmod_pci_reset_function_locked(struct pci_dev *device)
{
	return pci_reset_function_locked(device);
}

int kmod_pci_try_reset_function(struct pci_dev *device)
{
	return pci_try_reset_function(device);
}
