// SPDX-License-Identifier: GPL-2.0-only
/* The driver in C. */
#include <linux/module.h>
#include <linux/pci.h>

#define PANICKED 1
#define CRASH_LOADED 2

static const char *truth(bool is_true)
{
	return is_true ? "true" : "false";
}

static ssize_t events_show(struct device *device, struct device_attribute *attribute, char *to)
{
	void __iomem *registers = dev_get_drvdata(device);
	u8 events = readb(registers);

	writeb(events & CRASH_LOADED, registers);
	return sprintf(to, "%s %s\n", truth(events & PANICKED), truth(events & CRASH_LOADED));
}
static DEVICE_ATTR_RO(events);

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	void __iomem *registers;
	int error = pcim_enable_device(pci);

	if (error)
		return error;
	error = pcim_iomap_regions(pci, 1, KBUILD_MODNAME);
	if (error)
		return error;
	registers = pcim_iomap_table(pci)[0];
	if (!(readb(registers) & PANICKED))
		return -ENODEV;
	pci_set_drvdata(pci, registers);
	return device_create_file(&pci->dev, &dev_attr_events);
}

static void c_remove(struct pci_dev *pci)
{
	device_remove_file(&pci->dev, &dev_attr_events);
}

static const struct pci_device_id c_ids[] = { { PCI_DEVICE(0x1b36, 0x0011) }, {} };
MODULE_DEVICE_TABLE(pci, c_ids);

static struct pci_driver c_driver = {
	.name = KBUILD_MODNAME,
	.id_table = c_ids,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Tells the host of crashes, in C");
