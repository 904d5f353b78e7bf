// SPDX-License-Identifier: GPL-2.0-only
/* The driver of QEMU's edu in C: its ids, and the commands that ask for registers. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/uaccess.h>

static unsigned int fail;
module_param(fail, uint, 0644);

static struct pci_dev *card;
static void __iomem *edu;
static u64 answer;

static u64 factorial(u32 value)
{
	writel_relaxed(value, edu + 0x08);
	while (readl(edu + 0x20) & 1)
		cpu_relax();
	return readl(edu + 0x08);
}

static ssize_t c_write(struct file *file, const char __user *from, size_t length, loff_t *pos)
{
	char text[64] = {};
	char *value;
	u32 number = 0;

	if (length >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, length))
		return -EFAULT;
	value = strchr(text, ' ');
	if (value) {
		*value++ = '\0';
		if (kstrtou32(value, 0, &number))
			return -EINVAL;
	}
	if (!strcmp(text, "id")) {
		answer = readl_relaxed(edu);
	} else if (!strcmp(text, "liveness")) {
		writel(number, edu + 0x04);
		answer = readl(edu + 0x04);
	} else if (!strcmp(text, "factorial")) {
		answer = factorial(number);
	} else if (!strcmp(text, "config")) {
		u16 word;
		int error = pcibios_err_to_errno(pci_read_config_word(card, number, &word));

		if (error)
			return error;
		answer = word;
	} else if (!strcmp(text, "transfer")) {
		writeq((u64)number << 20 | 1, edu + 0x80);
		answer = readq(edu + 0x80);
	} else {
		return -EINVAL;
	}
	return length;
}

static ssize_t c_read(struct file *file, char __user *to, size_t length, loff_t *pos)
{
	char text[24];
	int bytes = snprintf(text, sizeof(text), "%llx", answer);

	return simple_read_from_buffer(to, length, pos, text, bytes);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_write,
};

static struct miscdevice node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_pci_c_edu0",
	.fops = &c_fops,
	.mode = 0666,
};

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int error;

	card = pci;
	if (fail)
		return fail == 1 ? -EIO : -EPROBE_DEFER;
	error = pci_enable_device(pci);
	if (error)
		return error;
	error = pci_request_region(pci, 0, "vm_pci_c_edu");
	if (error)
		goto disable;
	edu = pci_iomap(pci, 0, 0x100);
	if (!edu) {
		error = -ENOMEM;
		goto release;
	}
	if ((readl(edu) & 0xff) != 0xed) {
		error = -ENODEV;
		goto unmap;
	}
	error = misc_register(&node);
	if (error)
		goto unmap;
	return 0;

unmap:
	pci_iounmap(pci, edu);
release:
	pci_release_region(pci, 0);
disable:
	pci_disable_device(pci);
	return error;
}

static void c_remove(struct pci_dev *pci)
{
	misc_deregister(&node);
	pci_iounmap(pci, edu);
	pci_release_region(pci, 0);
	pci_disable_device(pci);
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8), .driver_data = 0 },
	{ PCI_DEVICE_SUB(0x1234, 0x11e9, 0x1af4, PCI_ANY_ID), .driver_data = 1 },
	{ PCI_DEVICE(0x1b36, 0x0005), .driver_data = 0 },
	{ PCI_DEVICE(0x1234, 0x0001), .driver_data = 0 },
	{ PCI_DEVICE(0x1234, 0x0002), .driver_data = 0 },
	{ PCI_DEVICE(0x1234, 0x0003), .driver_data = 0 },
	{ PCI_DEVICE(0x1234, 0x0004), .driver_data = 0 },
	{ PCI_DEVICE(0x1234, 0x0005), .driver_data = 0 },
	{ PCI_DEVICE(0x1234, 0x0006), .driver_data = 0 },
	{}
};
MODULE_DEVICE_TABLE(pci, ids);

/* The table without what the drivers are for that cannot be bound. */
static const struct pci_device_id own[] = {
	{ PCI_DEVICE(0x1234, 0x11e8), .driver_data = 0 },
	{ PCI_DEVICE_SUB(0x1234, 0x11e9, 0x1af4, PCI_ANY_ID), .driver_data = 1 },
	{}
};

static struct pci_driver c_driver = {
	.name = "vm_pci_c_edu",
	.id_table = own,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A PCI driver in C");
