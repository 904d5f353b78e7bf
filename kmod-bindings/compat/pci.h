/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_PCI_H
#define KMOD_COMPAT_PCI_H

#include <linux/pci.h>

/* Since 6.8 the interrupts of a device's own line have this name. */
#ifndef PCI_IRQ_INTX
#define PCI_IRQ_INTX PCI_IRQ_LEGACY
#endif

#endif
