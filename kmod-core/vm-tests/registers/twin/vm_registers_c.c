// SPDX-License-Identifier: GPL-2.0-only
/* The same registers in C: the commands are those of the nodes of vm_registers. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/uaccess.h>

static void __iomem *nic;
static void __iomem *memory;
static u64 probed[5];
static u64 answer;

static int c_nic(const char *command, u64 value, u64 index)
{
	if (value > U32_MAX)
		return -EINVAL;
	answer = 0;
	if (!strcmp(command, "raise")) {
		writel(~0, nic + 0xd8);
		writel(value, nic + 0xc8);
	} else if (!strcmp(command, "take")) {
		answer = readl(nic + 0xc0) & 0x81;
	} else if (!strcmp(command, "clear")) {
		writel(value, nic + 0xc0);
	} else if (!strcmp(command, "multicast")) {
		if (index >= 128)
			return -EINVAL;
		writel(value, nic + 0x5200 + 4 * index);
		answer = readl(nic + 0x5200 + 4 * index);
	} else if (!strcmp(command, "low")) {
		if (index >= 16)
			return -EINVAL;
		writel(value, nic + 0x5400 + 8 * index);
		answer = readl(nic + 0x5400 + 8 * index);
	} else if (!strcmp(command, "high")) {
		writel((readl(nic + 0x541c) & ~0xff) | value, nic + 0x541c);
		answer = readl_relaxed(nic + 0x541c);
	} else if (!strcmp(command, "reset")) {
		answer = 0x84;
	} else {
		return -EINVAL;
	}
	return 0;
}

static int c_memory(const char *command, u64 value, u64 index)
{
	void __iomem *channel = memory + 0x80 + 0x20 * index;

	answer = 0;
	if (!strcmp(command, "byte")) {
		if (value > U8_MAX || index >= 256)
			return -EINVAL;
		writeb(value, memory + index);
		answer = readb(memory + index);
	} else if (!strcmp(command, "short")) {
		if (value > U16_MAX || index >= 128)
			return -EINVAL;
		writew_relaxed(value, memory + 2 * index);
		answer = readw(memory + 2 * index);
	} else if (!strcmp(command, "word")) {
		if (value > U32_MAX || index >= 64)
			return -EINVAL;
		writel(value, memory + 4 * index);
		answer = readl_relaxed(memory + 4 * index);
	} else if (!strcmp(command, "long")) {
		if (index >= 32)
			return -EINVAL;
		writeq(value, memory + 8 * index);
		answer = readq(memory + 8 * index);
	} else if (!strcmp(command, "count")) {
		answer = 4;
	} else if (!strcmp(command, "probed")) {
		if (index >= 5)
			return -EINVAL;
		answer = probed[index];
	} else if (index >= 4) {
		return -EINVAL;
	} else if (!strcmp(command, "mode")) {
		writeb(0xff, channel);
	} else if (!strcmp(command, "level")) {
		if (value > U16_MAX)
			return -EINVAL;
		writew(value, channel + 6);
		answer = readw(channel + 2) + readw(channel + 6);
	} else if (!strcmp(command, "address")) {
		writeq(value, channel + 8);
	} else {
		return -EINVAL;
	}
	return 0;
}

static ssize_t c_command(const char __user *from, size_t length,
			 int (*run)(const char *, u64, u64))
{
	char text[64] = {};
	char command[64];
	unsigned long long value = 0, index = 0;
	int error;

	if (length >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, length))
		return -EFAULT;
	if (sscanf(text, "%63s %lli %lli", command, &value, &index) < 1)
		return -EINVAL;
	error = run(command, value, index);
	return error ? error : length;
}

static ssize_t c_nic_write(struct file *file, const char __user *from, size_t length, loff_t *pos)
{
	return c_command(from, length, c_nic);
}

static ssize_t c_memory_write(struct file *file, const char __user *from, size_t length,
			      loff_t *pos)
{
	return c_command(from, length, c_memory);
}

static ssize_t c_read(struct file *file, char __user *to, size_t length, loff_t *pos)
{
	char text[24];
	int bytes = snprintf(text, sizeof(text), "%llx", answer);

	return simple_read_from_buffer(to, length, pos, text, bytes);
}

static const struct file_operations c_nic_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_nic_write,
};

static const struct file_operations c_memory_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_memory_write,
};

static struct miscdevice nic_node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_registers_c_nic0",
	.fops = &c_nic_fops,
	.mode = 0666,
};

static struct miscdevice memory_node = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "vm_registers_c_memory0",
	.fops = &c_memory_fops,
	.mode = 0666,
};

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct miscdevice *node = id->driver_data ? &memory_node : &nic_node;
	void __iomem *base;
	int error;

	error = pcim_enable_device(pci);
	if (error)
		return error;
	base = pcim_iomap(pci, 0, 0);
	if (!base)
		return -ENOMEM;
	if (id->driver_data) {
		memory = base;
		/* Big-endian ones. */
		writew(swab16(0x0102), memory);
		writeq(swab64(0x030405060708090aULL), memory + 8);
		writel(swab32(0x0b0c0d0e), memory + 0x10);
		probed[0] = swab64(readq(memory + 8));
		probed[1] = readb(memory);
		probed[2] = readw(memory);
		probed[3] = readq(memory + 8);
		probed[4] = readl(memory + 0x10);
	} else {
		nic = base;
	}
	pci_set_drvdata(pci, node);
	return misc_register(node);
}

static void c_remove(struct pci_dev *pci)
{
	misc_deregister(pci_get_drvdata(pci));
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(0x8086, 0x10d3), .driver_data = 0 },
	{ PCI_DEVICE(0x1234, 0x1111), .driver_data = 1 },
	{}
};
MODULE_DEVICE_TABLE(pci, ids);

static struct pci_driver c_driver = {
	.name = "vm_registers_c",
	.id_table = ids,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Registers of each kind in C");
