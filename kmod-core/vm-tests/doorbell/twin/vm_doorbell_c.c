// SPDX-License-Identifier: GPL-2.0-only
/* The driver in C, with the same files; what is mapped is not unmapped when a card goes. */
#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/wait.h>

#define BELLS 4
#define MASK 0x00
#define STATUS 0x04
#define POSITION 0x08
#define DOORBELL 0x0c
#define LAST 0xffffc

struct card;

struct bell {
	struct card *card;
	atomic_t count;
};

struct card {
	struct pci_dev *pci;
	void __iomem *registers;
	void __iomem *memory;
	struct bell bells[BELLS];
	wait_queue_head_t rung;
	struct miscdevice node;
	char name[24];
	int index;
};

static DEFINE_IDA(c_indices);

static irqreturn_t c_handle(int line, void *data)
{
	struct bell *bell = data;

	atomic_inc(&bell->count);
	wake_up(&bell->card->rung);
	return IRQ_HANDLED;
}

static ssize_t counts_show(struct device *device, struct device_attribute *attribute, char *to)
{
	struct bell *b = ((struct card *)dev_get_drvdata(device))->bells;

	return sprintf(to, "%d %d %d %d\n", atomic_read(&b[0].count), atomic_read(&b[1].count),
		       atomic_read(&b[2].count), atomic_read(&b[3].count));
}
static DEVICE_ATTR_RO(counts);

static ssize_t position_show(struct device *device, struct device_attribute *attribute, char *to)
{
	struct card *card = dev_get_drvdata(device);

	return sprintf(to, "%u\n", readl(card->registers + POSITION));
}
static DEVICE_ATTR_RO(position);

static ssize_t ring_store(struct device *device, struct device_attribute *attribute,
			  const char *from, size_t bytes)
{
	struct card *card = dev_get_drvdata(device);
	const char *space = strchr(from, ' ');
	u16 numbers[2];
	char peer[8];

	if (!space || space - from >= sizeof(peer))
		return -EINVAL;
	strscpy(peer, from, space - from + 1);
	if (kstrtou16(peer, 0, &numbers[0]) || kstrtou16(space + 1, 0, &numbers[1]))
		return -EINVAL;
	writel(numbers[0] << 16 | numbers[1], card->registers + DOORBELL);
	return bytes;
}
static DEVICE_ATTR_WO(ring);

#define REGISTER(name, base, at)								\
static ssize_t name##_show(struct device *device, struct device_attribute *attribute, char *to)	\
{												\
	struct card *card = dev_get_drvdata(device);						\
												\
	return sprintf(to, "0x%x\n", readl(card->base + (at)));					\
}												\
												\
static ssize_t name##_store(struct device *device, struct device_attribute *attribute,		\
			    const char *from, size_t bytes)					\
{												\
	struct card *card = dev_get_drvdata(device);						\
	u32 value;										\
	int error = kstrtou32(from, 0, &value);							\
												\
	if (error)										\
		return error;									\
	writel(value, card->base + (at));							\
	return bytes;										\
}												\
static DEVICE_ATTR(name, 0600, name##_show, name##_store)

REGISTER(mask, registers, MASK);
REGISTER(status, registers, STATUS);
REGISTER(word, memory, LAST);

static struct attribute *c_attrs[] = {
	&dev_attr_counts.attr, &dev_attr_position.attr, &dev_attr_ring.attr, &dev_attr_mask.attr,
	&dev_attr_status.attr, &dev_attr_word.attr, NULL,
};

static const struct attribute_group c_group = { .attrs = c_attrs };

static u32 all(struct card *card)
{
	u32 sum = 0;
	int bell;

	for (bell = 0; bell < BELLS; bell++)
		sum += atomic_read(&card->bells[bell].count);
	return sum;
}

static struct card *card_of(struct file *file)
{
	return container_of(file->private_data, struct card, node);
}

static ssize_t c_read(struct file *file, char __user *to, size_t length, loff_t *pos)
{
	struct card *card = card_of(file);
	u32 before = all(card);
	int error = wait_event_interruptible(card->rung, all(card) != before);
	loff_t start = 0;

	if (error)
		return error;
	return simple_read_from_buffer(to, length, &start, "rung\n", 5);
}

static int c_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct pci_dev *pci = card_of(file)->pci;

	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return vm_iomap_memory(vma, pci_resource_start(pci, 2), pci_resource_len(pci, 2));
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.mmap = c_mmap,
};

static void release(struct card *card, int bells)
{
	struct pci_dev *pci = card->pci;

	while (bells--)
		free_irq(pci_irq_vector(pci, bells), &card->bells[bells]);
	pci_clear_master(pci);
	pci_free_irq_vectors(pci);
}

static int request(struct card *card)
{
	int bell, error = pci_alloc_irq_vectors(card->pci, BELLS, BELLS, PCI_IRQ_MSIX);

	if (error < 0)
		return error;
	pci_set_master(card->pci);
	for (bell = 0; bell < BELLS; bell++) {
		card->bells[bell].card = card;
		error = request_irq(pci_irq_vector(card->pci, bell), c_handle, 0, "vm_doorbell_c",
				    &card->bells[bell]);
		if (error) {
			release(card, bell);
			return error;
		}
	}
	return 0;
}

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);
	int error;

	if (!card)
		return -ENOMEM;
	card->pci = pci;
	init_waitqueue_head(&card->rung);
	pci_set_drvdata(pci, card);
	error = card->index = ida_alloc(&c_indices, GFP_KERNEL);
	if (error < 0)
		goto free;
	error = pci_enable_device(pci);
	if (error)
		goto index;
	error = pci_request_region(pci, 0, "vm_doorbell_c");
	if (error)
		goto disable;
	error = pci_request_region(pci, 2, "vm_doorbell_c");
	if (error)
		goto region0;
	error = -ENXIO;
	if (pci_resource_len(pci, 2) <= LAST)
		goto region2;
	error = -ENOMEM;
	card->registers = pci_iomap(pci, 0, 0x100);
	if (!card->registers)
		goto region2;
	card->memory = pci_iomap(pci, 2, 0);
	if (!card->memory)
		goto unmap0;
	error = request(card);
	if (error)
		goto unmap2;
	error = sysfs_create_group(&pci->dev.kobj, &c_group);
	if (error)
		goto irqs;
	snprintf(card->name, sizeof(card->name), "vm_doorbell_c%d", card->index);
	card->node.minor = MISC_DYNAMIC_MINOR;
	card->node.name = card->name;
	card->node.fops = &c_fops;
	card->node.mode = 0600;
	card->node.parent = &pci->dev;
	error = misc_register(&card->node);
	if (!error)
		return 0;
	sysfs_remove_group(&pci->dev.kobj, &c_group);
irqs:
	release(card, BELLS);
unmap2:
	pci_iounmap(pci, card->memory);
unmap0:
	pci_iounmap(pci, card->registers);
region2:
	pci_release_region(pci, 2);
region0:
	pci_release_region(pci, 0);
disable:
	pci_disable_device(pci);
index:
	ida_free(&c_indices, card->index);
free:
	kfree(card);
	return error;
}

static void c_remove(struct pci_dev *pci)
{
	struct card *card = pci_get_drvdata(pci);

	misc_deregister(&card->node);
	sysfs_remove_group(&pci->dev.kobj, &c_group);
	release(card, BELLS);
	pci_iounmap(pci, card->memory);
	pci_iounmap(pci, card->registers);
	pci_release_region(pci, 2);
	pci_release_region(pci, 0);
	pci_disable_device(pci);
	ida_free(&c_indices, card->index);
	kfree(card);
}

static const struct pci_device_id c_ids[] = {
	{ PCI_DEVICE(0x1af4, 0x1110) },
	{ PCI_DEVICE(0x1234, 0x0001) },
	{ PCI_DEVICE(0x1234, 0x0002) },
	{}
};
MODULE_DEVICE_TABLE(pci, c_ids);

static struct pci_driver c_driver = {
	.name = "vm_doorbell_c",
	.id_table = c_ids,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Rings other cards, and is rung, in C");
