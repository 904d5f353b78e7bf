// SPDX-License-Identifier: GPL-2.0-only
/* examples/edu in C. */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

/* QEMU lets a transfer have all bytes but the last one. */
#define MEMORY 4095

static DEFINE_IDA(indices);

struct card {
	struct pci_dev *pci;
	void __iomem *registers;
	struct completion done;
	struct mutex lock;
	int index;
	char name[16];
	struct miscdevice node;
	void *buffer;
	dma_addr_t address;
};

static irqreturn_t raised(int line, void *data)
{
	struct card *card = data;
	u32 raised = readl(card->registers + 0x24);

	if (!raised || raised == U32_MAX)
		return IRQ_NONE;
	writel(raised, card->registers + 0x64);
	complete(&card->done);
	return IRQ_HANDLED;
}

static struct card *card_of(struct file *file)
{
	return container_of(file->private_data, struct card, node);
}

/* Has the card move its memory to the buffer, or back. */
static void transfer(struct card *card, bool from_card)
{
	reinit_completion(&card->done);
	writeq(from_card ? 0x40000 : card->address, card->registers + 0x80);
	writeq(from_card ? card->address : 0x40000, card->registers + 0x88);
	writeq(MEMORY, card->registers + 0x90);
	writeq(from_card ? 7 : 5, card->registers + 0x98);
	wait_for_completion(&card->done);
}

static size_t part(loff_t pos, size_t length)
{
	return pos >= MEMORY ? 0 : min_t(size_t, length, MEMORY - pos);
}

static ssize_t edu_read(struct file *file, char __user *to, size_t length, loff_t *pos)
{
	struct card *card = card_of(file);
	size_t count = part(*pos, length);
	ssize_t copied = count;

	mutex_lock(&card->lock);
	transfer(card, true);
	if (copy_to_user(to, card->buffer + *pos, count))
		copied = -EFAULT;
	else
		*pos += count;
	mutex_unlock(&card->lock);
	return copied;
}

static ssize_t edu_write(struct file *file, const char __user *from, size_t length, loff_t *pos)
{
	struct card *card = card_of(file);
	size_t count = part(*pos, length);
	ssize_t copied = count;

	mutex_lock(&card->lock);
	transfer(card, true);
	if (copy_from_user(card->buffer + *pos, from, count)) {
		copied = -EFAULT;
	} else {
		transfer(card, false);
		*pos += count;
	}
	mutex_unlock(&card->lock);
	return copied;
}

static const struct file_operations edu_fops = {
	.owner = THIS_MODULE,
	.read = edu_read,
	.write = edu_write,
};

static int edu_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int error;

	if (!card)
		return -ENOMEM;
	card->pci = pci;
	init_completion(&card->done);
	mutex_init(&card->lock);
	card->index = ida_alloc(&indices, GFP_KERNEL);
	error = card->index;
	if (error < 0)
		goto free;
	error = pci_enable_device(pci);
	if (error)
		goto index;
	error = pci_request_region(pci, 0, "edu_c");
	if (error)
		goto disable;
	error = -ENOMEM;
	card->registers = pci_iomap(pci, 0, 0x100);
	if (!card->registers)
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
	error = request_irq(pci_irq_vector(pci, 0), raised, IRQF_SHARED, "edu_c", card);
	if (error)
		goto vectors;
	snprintf(card->name, sizeof(card->name), "edu_c%d", card->index);
	card->node.minor = MISC_DYNAMIC_MINOR;
	card->node.name = card->name;
	card->node.fops = &edu_fops;
	card->node.mode = 0600;
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
	pci_iounmap(pci, card->registers);
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

/* What a file that is open may still use is left to be wrong. */
static void edu_remove(struct pci_dev *pci)
{
	struct card *card = pci_get_drvdata(pci);

	misc_deregister(&card->node);
	free_irq(pci_irq_vector(pci, 0), card);
	pci_clear_master(pci);
	pci_free_irq_vectors(pci);
	dma_free_coherent(&pci->dev, PAGE_SIZE, card->buffer, card->address);
	pci_iounmap(pci, card->registers);
	pci_release_region(pci, 0);
	pci_disable_device(pci);
	ida_free(&indices, card->index);
	kfree(card);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{}
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name = "edu_c",
	.id_table = edu_ids,
	.probe = edu_probe,
	.remove = edu_remove,
};

module_pci_driver(edu_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Shows the memory of QEMU's edu card as a file, in C");
