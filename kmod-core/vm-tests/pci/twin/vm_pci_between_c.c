// SPDX-License-Identifier: GPL-2.0-only
/* The driver that looks at a card while it is reset, in C. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

#define RUNS 1
#define FROM_CARD 2
#define CARD 0x40000

static void __iomem *edu;
static u32 *memory;
static dma_addr_t address;
static bool between;
static atomic_t interrupts;
static DECLARE_COMPLETION(ran);
static u32 before, now, liveness, is_busy, seen_interrupts, seen_memory;

static void begin(u64 from, u64 to, u64 way)
{
	writeq(from, edu + 0x80);
	writeq(to, edu + 0x88);
	writeq(4, edu + 0x90);
	writeq(RUNS | way, edu + 0x98);
}

static void look(void)
{
	seen_memory = READ_ONCE(*memory);
	seen_interrupts = atomic_read(&interrupts);
}

static void moved(void)
{
	while (readq(edu + 0x98) & RUNS)
		usleep_range(1000, 2000);
}

static void run(struct work_struct *work)
{
	while (readl(edu) == before) {
		if (!smp_load_acquire(&between))
			return;
		usleep_range(5000, 6000);
	}
	writel(0x22222222, edu + 0x04);
	writel(2, edu + 0x60);
	begin(CARD, address, FROM_CARD);
	now = readl(edu);
}
static DECLARE_WORK(meanwhile, run);

static void c_reset_prepare(struct pci_dev *pci)
{
	before = now = readl(edu);
	writel(0x11111111, edu + 0x04);
	atomic_set(&interrupts, 0);
	WRITE_ONCE(*memory, 0x5a5a5a5a);
	smp_store_release(&between, true);
	schedule_work(&meanwhile);
}

static void c_reset_done(struct pci_dev *pci)
{
	smp_store_release(&between, false);
	flush_work(&meanwhile);
	liveness = readl(edu + 0x04);
	is_busy = readq(edu + 0x98) & RUNS;
	look();
}

static const struct pci_error_handlers c_handlers = {
	.reset_prepare = c_reset_prepare,
	.reset_done = c_reset_done,
};

static irqreturn_t raised(int line, void *data)
{
	u32 pending = readl(edu + 0x24);

	if (!pending || pending == ~0U)
		return IRQ_NONE;
	writel(pending, edu + 0x64);
	atomic_inc(&interrupts);
	complete(&ran);
	return IRQ_HANDLED;
}

static ssize_t seen_show(struct device *device, struct device_attribute *attribute, char *to)
{
	return sprintf(to, "%x %x %x %u %u %x\n", before, now, liveness, is_busy, seen_interrupts,
		       seen_memory);
}
static DEVICE_ATTR_RO(seen);

static ssize_t works_store(struct device *device, struct device_attribute *attribute,
			   const char *from, size_t bytes)
{
	WRITE_ONCE(*memory, 0xabcdef01);
	begin(address, CARD, 0);
	moved();
	WRITE_ONCE(*memory, 0);
	begin(CARD, address, FROM_CARD);
	moved();
	reinit_completion(&ran);
	writel(1, edu + 0x60);
	wait_for_completion(&ran);
	look();
	return bytes;
}
static DEVICE_ATTR_WO(works);

static struct attribute *c_attrs[] = {
	&dev_attr_seen.attr,
	&dev_attr_works.attr,
	NULL,
};

static const struct attribute_group c_group = { .attrs = c_attrs };

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int error = pcim_enable_device(pci);

	if (error)
		return error;
	error = pcim_iomap_regions(pci, BIT(0), "vm_pci_c_between");
	if (error)
		return error;
	edu = pcim_iomap_table(pci)[0];
	error = dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(32));
	if (error)
		return error;
	memory = dmam_alloc_coherent(&pci->dev, sizeof(*memory), &address, GFP_KERNEL);
	if (!memory)
		return -ENOMEM;
	pci_set_master(pci);
	error = pci_alloc_irq_vectors(pci, 1, 1, PCI_IRQ_MSI);
	if (error < 0)
		return error;
	error = request_irq(pci_irq_vector(pci, 0), raised, 0, "vm_pci_c_between", pci);
	if (error)
		goto vectors;
	error = sysfs_create_group(&pci->dev.kobj, &c_group);
	if (error)
		goto irq;
	return 0;

irq:
	free_irq(pci_irq_vector(pci, 0), pci);
vectors:
	pci_free_irq_vectors(pci);
	return error;
}

static void c_remove(struct pci_dev *pci)
{
	sysfs_remove_group(&pci->dev.kobj, &c_group);
	cancel_work_sync(&meanwhile);
	free_irq(pci_irq_vector(pci, 0), pci);
	pci_free_irq_vectors(pci);
	pci_clear_master(pci);
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(0x1234, 0x0006) },
	{}
};

static struct pci_driver c_driver = {
	.name = "vm_pci_c_between",
	.id_table = ids,
	.probe = c_probe,
	.remove = c_remove,
	.err_handler = &c_handlers,
};

module_pci_driver(c_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("What looks at a card while it is reset, in C");
