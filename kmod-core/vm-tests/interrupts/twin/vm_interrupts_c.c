// SPDX-License-Identifier: GPL-2.0-only
/* The driver with many interrupts in C, with the same files in sysfs. */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/pci.h>

#define VECTORS 5

#define RAISED 0xc0
#define RAISE 0xc8
#define ENABLE 0xd0
#define MASK 0xd8
#define CAUSES 0xe4

struct nic;

struct vector {
	struct nic *nic;
	unsigned int cause;
	unsigned int count;
	char name[32];
};

struct nic {
	void __iomem *registers;
	struct vector vectors[VECTORS];
	struct completion done;
};

static const char *const names[VECTORS] = { "rx0", "rx1", "tx0", "tx1", "other" };

static irqreturn_t c_thread(int line, void *data)
{
	struct vector *vector = data;
	void __iomem *raised = vector->nic->registers + RAISED;
	u32 bit = 1 << (20 + vector->cause);

	/* QEMU sends some messages twice. */
	if (!(readl(raised) & bit))
		return IRQ_NONE;
	writel(bit, raised);
	vector->count++;
	complete(&vector->nic->done);
	return IRQ_HANDLED;
}

static irqreturn_t c_handle(int line, void *data)
{
	struct vector *vector = data;

	return vector->cause == 4 ? IRQ_WAKE_THREAD : c_thread(line, data);
}

static ssize_t counts_show(struct device *device, struct device_attribute *attribute, char *to)
{
	struct vector *v = ((struct nic *)dev_get_drvdata(device))->vectors;

	return sprintf(to, "%u %u %u %u %u\n", v[0].count, v[1].count, v[2].count, v[3].count,
		       v[4].count);
}
static DEVICE_ATTR_RO(counts);

static ssize_t raise_store(struct device *device, struct device_attribute *attribute,
			   const char *from, size_t bytes)
{
	struct nic *nic = dev_get_drvdata(device);
	unsigned int causes, cause;
	int error = kstrtouint(from, 0, &causes);

	if (error)
		return error;
	writel(0x000cba98, nic->registers + CAUSES);
	writel(0x1f << 20, nic->registers + ENABLE);
	for (cause = 0; cause < VECTORS; cause++) {
		if (!(causes & 1 << cause))
			continue;
		reinit_completion(&nic->done);
		writel(1 << (20 + cause), nic->registers + RAISE);
		error = wait_for_completion_interruptible(&nic->done);
		if (error)
			return error;
	}
	return bytes;
}
static DEVICE_ATTR_WO(raise);

static struct attribute *c_attrs[] = { &dev_attr_counts.attr, &dev_attr_raise.attr, NULL };

static const struct attribute_group c_group = { .attrs = c_attrs };

static int request(struct pci_dev *device, struct vector *vector)
{
	bool by_thread = vector->cause == 3;

	snprintf(vector->name, sizeof(vector->name), "vm_irq_c_nic-%s", names[vector->cause]);
	return request_threaded_irq(pci_irq_vector(device, vector->cause),
				    by_thread ? NULL : c_handle, c_thread,
				    by_thread ? IRQF_ONESHOT : 0, vector->name, vector);
}

static void release(struct pci_dev *device, struct nic *nic, unsigned int vectors)
{
	while (vectors--)
		free_irq(pci_irq_vector(device, vectors), &nic->vectors[vectors]);
	pci_clear_master(device);
	pci_free_irq_vectors(device);
	pci_iounmap(device, nic->registers);
	pci_release_region(device, 0);
	pci_disable_device(device);
	kfree(nic);
}

static int c_probe(struct pci_dev *device, const struct pci_device_id *id)
{
	struct nic *nic = kzalloc(sizeof(*nic), GFP_KERNEL);
	unsigned int vectors = 0;
	int error;

	if (!nic)
		return -ENOMEM;
	init_completion(&nic->done);
	pci_set_drvdata(device, nic);
	error = pci_enable_device(device);
	if (error)
		goto free;
	error = pci_request_region(device, 0, "vm_irq_c_nic");
	if (error)
		goto disable;
	nic->registers = pci_iomap(device, 0, 0);
	if (!nic->registers) {
		error = -ENOMEM;
		goto region;
	}
	error = pci_alloc_irq_vectors(device, VECTORS, VECTORS, PCI_IRQ_MSIX);
	if (error < 0)
		goto unmap;
	pci_set_master(device);
	for (; vectors < VECTORS; vectors++) {
		nic->vectors[vectors].nic = nic;
		nic->vectors[vectors].cause = vectors;
		error = request(device, &nic->vectors[vectors]);
		if (error)
			goto release;
	}
	error = sysfs_create_group(&device->dev.kobj, &c_group);
	if (!error)
		return 0;
release:
	release(device, nic, vectors);
	return error;
unmap:
	pci_iounmap(device, nic->registers);
region:
	pci_release_region(device, 0);
disable:
	pci_disable_device(device);
free:
	kfree(nic);
	return error;
}

static void c_remove(struct pci_dev *device)
{
	struct nic *nic = pci_get_drvdata(device);

	sysfs_remove_group(&device->dev.kobj, &c_group);
	writel(~0, nic->registers + MASK);
	release(device, nic, VECTORS);
}

static const struct pci_device_id c_ids[] = { { PCI_DEVICE(0x8086, 0x10d3) }, {} };
MODULE_DEVICE_TABLE(pci, c_ids);

static struct pci_driver c_driver = {
	.name = "vm_irq_c_nic",
	.id_table = c_ids,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);
MODULE_DESCRIPTION("Many interrupts of one card, in C");
MODULE_LICENSE("GPL");
