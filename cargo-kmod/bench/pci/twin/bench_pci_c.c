// SPDX-License-Identifier: GPL-2.0-only
/* The driver of bench_pci, in C. */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

#define SIZE 0x100
#define LIVENESS 0x04
#define RAISED 0x24
#define RAISE 0x60
#define ACKNOWLEDGE 0x64
#define SOURCE 0x80
#define DESTINATION 0x88
#define COUNT 0x90
#define COMMAND 0x98

#define CARD 0x40000
#define MOVED 0x100

static DEFINE_IDA(indices);

struct card {
	void __iomem *edu;
	u64 *buffer;
	dma_addr_t address;
	struct completion moved;
	atomic_t interrupts;
	int index;
	char name[16];
	struct miscdevice node;
};

static irqreturn_t raised(int line, void *data)
{
	struct card *card = data;
	u32 raised = readl(card->edu + RAISED);

	if (!raised)
		return IRQ_NONE;
	writel(raised, card->edu + ACKNOWLEDGE);
	if (raised & MOVED)
		complete(&card->moved);
	else
		atomic_inc(&card->interrupts);
	return IRQ_HANDLED;
}

static void transfer(struct card *card, u64 from, u64 to, u64 way)
{
	writeq(from, card->edu + SOURCE);
	writeq(to, card->edu + DESTINATION);
	writeq(8, card->edu + COUNT);
	writeq(1 | 4 | way, card->edu + COMMAND);
	wait_for_completion(&card->moved);
}

static ssize_t node_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	struct card *card = container_of(file->private_data, struct card, node);
	size_t i;

	switch (*pos) {
	case 0:
		break;
	case 1:
	case 5:
		for (i = 0; i < n; i++)
			readl(card->edu + LIVENESS);
		break;
	case 2:
	case 6:
		for (i = 0; i < n; i++)
			writel(1, card->edu + LIVENESS);
		break;
	case 3:
		for (i = 0; i < n; i++) {
			int before = atomic_read(&card->interrupts);

			writel(1, card->edu + RAISE);
			while (atomic_read(&card->interrupts) == before)
				cpu_relax();
		}
		break;
	default:
		for (i = 0; i < n; i++) {
			WRITE_ONCE(card->buffer[0], i);
			transfer(card, card->address, CARD, 0);
			transfer(card, CARD, card->address + 8, 2);
			if (READ_ONCE(card->buffer[1]) != i)
				return -EIO;
		}
		break;
	}
	*pos += n;
	return n;
}

static const struct file_operations node_fops = {
	.owner = THIS_MODULE,
	.write = node_write,
};

static int bench_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int error;

	if (!card)
		return -ENOMEM;
	init_completion(&card->moved);
	card->index = ida_alloc(&indices, GFP_KERNEL);
	error = card->index;
	if (error < 0)
		goto free;
	error = pci_enable_device(pci);
	if (error)
		goto index;
	error = pci_request_region(pci, 0, KBUILD_MODNAME);
	if (error)
		goto disable;
	error = -ENOMEM;
	card->edu = pci_iomap(pci, 0, SIZE);
	if (!card->edu)
		goto release;
	error = dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(32));
	if (error)
		goto unmap;
	error = -ENOMEM;
	card->buffer = dma_alloc_coherent(&pci->dev, PAGE_SIZE, &card->address, GFP_KERNEL);
	if (!card->buffer)
		goto unmap;
	error = pci_alloc_irq_vectors(pci, 1, 1, PCI_IRQ_ALL_TYPES);
	if (error < 0)
		goto buffer;
	pci_set_master(pci);
	error = request_irq(pci_irq_vector(pci, 0), raised, IRQF_SHARED, KBUILD_MODNAME, card);
	if (error)
		goto vectors;
	snprintf(card->name, sizeof(card->name), KBUILD_MODNAME "%d", card->index);
	card->node.minor = MISC_DYNAMIC_MINOR;
	card->node.name = card->name;
	card->node.fops = &node_fops;
	card->node.parent = &pci->dev;
	error = misc_register(&card->node);
	if (error)
		goto irq;
	pci_set_drvdata(pci, card);
	return 0;

irq:
	free_irq(pci_irq_vector(pci, 0), card);
vectors:
	pci_clear_master(pci);
	pci_free_irq_vectors(pci);
buffer:
	dma_free_coherent(&pci->dev, PAGE_SIZE, card->buffer, card->address);
unmap:
	pci_iounmap(pci, card->edu);
release:
	pci_release_region(pci, 0);
disable:
	pci_disable_device(pci);
index:
	ida_free(&indices, card->index);
free:
	kfree(card);
	return error;
}

static void bench_remove(struct pci_dev *pci)
{
	struct card *card = pci_get_drvdata(pci);

	misc_deregister(&card->node);
	free_irq(pci_irq_vector(pci, 0), card);
	pci_clear_master(pci);
	pci_free_irq_vectors(pci);
	dma_free_coherent(&pci->dev, PAGE_SIZE, card->buffer, card->address);
	pci_iounmap(pci, card->edu);
	pci_release_region(pci, 0);
	pci_disable_device(pci);
	ida_free(&indices, card->index);
	kfree(card);
}

static const struct pci_device_id bench_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{}
};
MODULE_DEVICE_TABLE(pci, bench_ids);

static struct pci_driver bench_driver = {
	.name = KBUILD_MODNAME,
	.id_table = bench_ids,
	.probe = bench_probe,
	.remove = bench_remove,
};

module_pci_driver(bench_driver);

MODULE_DESCRIPTION("Reads and writes registers, raises interrupts, and has memory moved");
MODULE_LICENSE("GPL");
