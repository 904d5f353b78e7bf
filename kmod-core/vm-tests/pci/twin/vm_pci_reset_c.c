// SPDX-License-Identifier: GPL-2.0-only
/* The driver of resets in C. */
#include <linux/module.h>
#include <linux/pci.h>

static unsigned int resets[2];
static int inside[2];

static ssize_t resets_show(struct device *device, struct device_attribute *attribute, char *to)
{
	return sprintf(to, "%u %u\n", resets[0], resets[1]);
}
static DEVICE_ATTR_RO(resets);

static ssize_t inside_show(struct device *device, struct device_attribute *attribute, char *to)
{
	return sprintf(to, "%d %d\n", inside[0], inside[1]);
}
static DEVICE_ATTR_RO(inside);

static ssize_t again_store(struct device *device, struct device_attribute *attribute,
			   const char *from, size_t bytes)
{
	int error = pci_try_reset_function(to_pci_dev(device));

	return error ? error : bytes;
}
static DEVICE_ATTR_WO(again);

static struct attribute *c_attrs[] = {
	&dev_attr_resets.attr,
	&dev_attr_inside.attr,
	&dev_attr_again.attr,
	NULL,
};

static const struct attribute_group c_group = { .attrs = c_attrs };

static void c_reset_prepare(struct pci_dev *pci)
{
	resets[0]++;
	inside[0] = pci_try_reset_function(pci);
}

static void c_reset_done(struct pci_dev *pci)
{
	resets[1]++;
	inside[1] = pci_try_reset_function(pci);
}

static const struct pci_error_handlers c_handlers = {
	.reset_prepare = c_reset_prepare,
	.reset_done = c_reset_done,
};

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int error = pci_enable_device(pci);

	if (error)
		return error;
	memset(resets, 0, sizeof(resets));
	memset(inside, 0, sizeof(inside));
	error = sysfs_create_group(&pci->dev.kobj, &c_group);
	if (error)
		pci_disable_device(pci);
	return error;
}

static void c_remove(struct pci_dev *pci)
{
	sysfs_remove_group(&pci->dev.kobj, &c_group);
	pci_disable_device(pci);
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(0x1234, 0x0004) },
	{}
};

static struct pci_driver c_driver = {
	.name = "vm_pci_c_reset",
	.id_table = ids,
	.probe = c_probe,
	.remove = c_remove,
	.err_handler = &c_handlers,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Resets in C");
