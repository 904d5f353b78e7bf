// SPDX-License-Identifier: GPL-2.0-only
/* The driver in C. */
#include <linux/module.h>
#include <linux/pci.h>

#define TEST 0x00
#define OFFSET 0x04
#define DATA 0x08
#define COUNT 0x0c
#define SIZE 0x1000

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	void __iomem *regs;
	u32 offset;
	u8 data;
	int error;

	error = pci_enable_device_mem(pci);
	if (error)
		return error;
	error = pci_request_region(pci, 0, KBUILD_MODNAME);
	if (error)
		goto disable;
	error = -ENXIO;
	if (pci_resource_len(pci, 0) < SIZE)
		goto release;
	error = -ENOMEM;
	regs = pci_iomap(pci, 0, SIZE);
	if (!regs)
		goto release;
	writeb(id->driver_data, regs + TEST);
	offset = readl(regs + OFFSET);
	data = readb(regs + DATA);
	error = -EINVAL;
	if (offset >= SIZE)
		goto unmap;
	/* Increases the count. */
	writeb(data, regs + offset);
	dev_info(&pci->dev, "pci-testdev data-match count: %u\n", readl(regs + COUNT));
	pci_set_drvdata(pci, regs);
	return 0;

unmap:
	pci_iounmap(pci, regs);
release:
	pci_release_region(pci, 0);
disable:
	pci_disable_device(pci);
	return error;
}

static void c_remove(struct pci_dev *pci)
{
	pci_iounmap(pci, pci_get_drvdata(pci));
	pci_release_region(pci, 0);
	pci_disable_device(pci);
}

static const struct pci_device_id c_ids[] = {
	{ PCI_DEVICE(0x1b36, 0x0005), .driver_data = 0 },
	{}
};
MODULE_DEVICE_TABLE(pci, c_ids);

static struct pci_driver c_driver = {
	.name = KBUILD_MODNAME,
	.id_table = c_ids,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has QEMU's test card count one write, in C");
