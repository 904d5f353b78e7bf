// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>

/* Such ports are there only where a bridge has some mapped: none is at a fixed place. */
#ifdef PCI_IOBASE
#define kmod_ports_are_memory ((unsigned long)PCI_IOBASE != 0)
#else
#define kmod_ports_are_memory false
#endif

int kmod_ports_request(unsigned int base, unsigned int count)
{
	if (kmod_ports_are_memory) {
		pr_err("%s: there are no fixed I/O ports here\n", module_name(THIS_MODULE));
		return -ENXIO;
	}
	if (!base || !count || base + count > 0x10000)
		return -EINVAL;
	if (!request_region(base, count, module_name(THIS_MODULE)))
		return -EBUSY;
	return 0;
}

void kmod_ports_release(unsigned int base, unsigned int count)
{
	release_region(base, count);
}
