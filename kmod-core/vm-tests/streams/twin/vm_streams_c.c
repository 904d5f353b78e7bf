// SPDX-License-Identifier: GPL-2.0-only
/* The same transfers in C, by dma_map_single(). */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static struct pci_dev *card;
static void __iomem *edu;
static u64 answer;

static void transfer(u64 from, u64 to, u64 count, u64 way)
{
	writeq(from, edu + 0x80);
	writeq(to, edu + 0x88);
	writeq(count, edu + 0x90);
	writeq(1 | way, edu + 0x98);
	while (readq(edu + 0x98) & 1)
		msleep(1);
}

static int round_trip(u32 value)
{
	size_t size = 100 * sizeof(u32);
	u32 *buffer = kmalloc(size, GFP_KERNEL);
	dma_addr_t at;
	int index, error = -ENOMEM;

	if (!buffer)
		return error;
	for (index = 0; index < 100; index++)
		buffer[index] = value;
	at = dma_map_single(&card->dev, buffer, size, DMA_TO_DEVICE);
	if (dma_mapping_error(&card->dev, at))
		goto out;
	transfer(at, 0x40000, size, 0);
	dma_unmap_single(&card->dev, at, size, DMA_TO_DEVICE);
	memset(buffer, 0, size);
	at = dma_map_single(&card->dev, buffer, size, DMA_FROM_DEVICE);
	if (dma_mapping_error(&card->dev, at))
		goto out;
	transfer(0x40000, at, size, 2);
	dma_unmap_single(&card->dev, at, size, DMA_FROM_DEVICE);
	answer = buffer[99];
	error = 0;
out:
	kfree(buffer);
	return error;
}

static ssize_t c_write(struct file *file, const char __user *from, size_t length, loff_t *pos)
{
	char text[64] = {};
	u32 number;
	int error;

	if (length >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, length))
		return -EFAULT;
	if (strncmp(text, "round ", 6) || kstrtou32(text + 6, 0, &number))
		return -EINVAL;
	error = round_trip(number);
	return error ? error : length;
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
	.name = "vm_streams_c0",
	.fops = &c_fops,
	.mode = 0666,
};

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int error = pcim_enable_device(pci);

	if (error)
		return error;
	edu = pcim_iomap(pci, 0, 0);
	if (!edu)
		return -ENOMEM;
	error = dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(32));
	if (error)
		return error;
	pci_set_master(pci);
	card = pci;
	return misc_register(&node);
}

static void c_remove(struct pci_dev *pci)
{
	misc_deregister(&node);
	pci_clear_master(pci);
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{}
};
MODULE_DEVICE_TABLE(pci, ids);

static struct pci_driver c_driver = {
	.name = "vm_streams_c",
	.id_table = ids,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Streaming DMA in C");
