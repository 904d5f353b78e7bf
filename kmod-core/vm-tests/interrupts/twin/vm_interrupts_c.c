// SPDX-License-Identifier: GPL-2.0-only
/* The driver with many interrupts in C, with the same files in sysfs. */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/pci.h>

#define VECTORS 4

#define RAISE 0x20

struct rocker;

struct vector {
	struct rocker *rocker;
	unsigned int cause;
	unsigned int count;
	char name[32];
};

struct rocker {
	void __iomem *registers;
	struct vector vectors[VECTORS];
	struct completion done;
};

static const char *const names[VECTORS] = { "command", "event", "test", "other" };

static irqreturn_t c_thread(int line, void *data)
{
	struct vector *vector = data;

	vector->count++;
	complete(&vector->rocker->done);
	return IRQ_HANDLED;
}

static irqreturn_t c_handle(int line, void *data)
{
	struct vector *vector = data;

	return vector->cause == 3 ? IRQ_WAKE_THREAD : c_thread(line, data);
}

static ssize_t counts_show(struct device *device, struct device_attribute *attribute, char *to)
{
	struct vector *v = ((struct rocker *)dev_get_drvdata(device))->vectors;

	return sprintf(to, "%u %u %u %u\n", v[0].count, v[1].count, v[2].count, v[3].count);
}
static DEVICE_ATTR_RO(counts);

static ssize_t raise_store(struct device *device, struct device_attribute *attribute,
			   const char *from, size_t bytes)
{
	struct rocker *rocker = dev_get_drvdata(device);
	unsigned int causes, cause;
	int error = kstrtouint(from, 0, &causes);

	if (error)
		return error;
	for (cause = 0; cause < VECTORS; cause++) {
		if (!(causes & 1 << cause))
			continue;
		reinit_completion(&rocker->done);
		writel(cause, rocker->registers + RAISE);
		error = wait_for_completion_interruptible(&rocker->done);
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
	bool by_thread = vector->cause == 2;

	snprintf(vector->name, sizeof(vector->name), "vm_irq_c_rocker-%s", names[vector->cause]);
	return request_threaded_irq(pci_irq_vector(device, vector->cause),
				    by_thread ? NULL : c_handle, c_thread,
				    by_thread ? IRQF_ONESHOT : 0, vector->name, vector);
}

static void release(struct pci_dev *device, struct rocker *rocker, unsigned int vectors)
{
	while (vectors--)
		free_irq(pci_irq_vector(device, vectors), &rocker->vectors[vectors]);
	pci_clear_master(device);
	pci_free_irq_vectors(device);
	pci_iounmap(device, rocker->registers);
	pci_release_region(device, 0);
	pci_disable_device(device);
	kfree(rocker);
}

static int c_probe(struct pci_dev *device, const struct pci_device_id *id)
{
	struct rocker *rocker = kzalloc(sizeof(*rocker), GFP_KERNEL);
	unsigned int vectors = 0;
	int error;

	if (!rocker)
		return -ENOMEM;
	init_completion(&rocker->done);
	pci_set_drvdata(device, rocker);
	error = pci_enable_device(device);
	if (error)
		goto free;
	error = pci_request_region(device, 0, "vm_irq_c_rocker");
	if (error)
		goto disable;
	rocker->registers = pci_iomap(device, 0, 0);
	if (!rocker->registers) {
		error = -ENOMEM;
		goto region;
	}
	error = pci_alloc_irq_vectors(device, VECTORS, VECTORS, PCI_IRQ_MSIX);
	if (error < 0)
		goto unmap;
	pci_set_master(device);
	for (; vectors < VECTORS; vectors++) {
		rocker->vectors[vectors].rocker = rocker;
		rocker->vectors[vectors].cause = vectors;
		error = request(device, &rocker->vectors[vectors]);
		if (error)
			goto release;
	}
	error = sysfs_create_group(&device->dev.kobj, &c_group);
	if (!error)
		return 0;
release:
	release(device, rocker, vectors);
	return error;
unmap:
	pci_iounmap(device, rocker->registers);
region:
	pci_release_region(device, 0);
disable:
	pci_disable_device(device);
free:
	kfree(rocker);
	return error;
}

static void c_remove(struct pci_dev *device)
{
	struct rocker *rocker = pci_get_drvdata(device);

	sysfs_remove_group(&device->dev.kobj, &c_group);
	release(device, rocker, VECTORS);
}

static const struct pci_device_id c_ids[] = { { PCI_DEVICE(0x1b36, 0x0006) }, {} };
MODULE_DEVICE_TABLE(pci, c_ids);

static struct pci_driver c_driver = {
	.name = "vm_irq_c_rocker",
	.id_table = c_ids,
	.probe = c_probe,
	.remove = c_remove,
};

module_pci_driver(c_driver);
MODULE_DESCRIPTION("Many interrupts of one card, in C");
MODULE_LICENSE("GPL");
