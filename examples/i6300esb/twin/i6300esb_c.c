// SPDX-License-Identifier: GPL-2.0-only
/* The watchdog of Intel's 6300ESB, in C. */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/watchdog.h>

/* Of the configuration space. */
#define CONFIG 0x60
#define MILLISECONDS_NO_IRQ 3
#define LOCK 0x68
#define LOCKED 1
#define ENABLED 2

/* In memory. */
#define FIRST 0x00
#define SECOND 0x04
#define RELOAD 0x0c
#define COUNT_ANEW 0x100
#define TIMED_OUT 0x200

struct card {
	struct pci_dev *pci;
	void __iomem *registers;
	struct watchdog_device watchdog;
};

/* Announces a write. */
static void unlock(const struct card *card)
{
	writew(0x80, card->registers + RELOAD);
	writew(0x86, card->registers + RELOAD);
}

static void reload(const struct card *card)
{
	unlock(card);
	writew(COUNT_ANEW, card->registers + RELOAD);
}

/* Each stage takes half of the time. */
static void set(const struct card *card, unsigned int seconds)
{
	unlock(card);
	writel(seconds * 512, card->registers + FIRST);
	unlock(card);
	writel(seconds * 512, card->registers + SECOND);
	reload(card);
}

static int dog_start(struct watchdog_device *watchdog)
{
	struct card *card = watchdog_get_drvdata(watchdog);

	set(card, watchdog->timeout);
	return pcibios_err_to_errno(pci_write_config_byte(card->pci, LOCK, ENABLED));
}

static int dog_stop(struct watchdog_device *watchdog)
{
	struct card *card = watchdog_get_drvdata(watchdog);
	int error;
	u8 lock;

	reload(card);
	error = pci_write_config_byte(card->pci, LOCK, 0);
	if (!error)
		error = pci_read_config_byte(card->pci, LOCK, &lock);
	if (error)
		return pcibios_err_to_errno(error);
	return lock & ENABLED ? -EINVAL : 0;
}

static int dog_ping(struct watchdog_device *watchdog)
{
	reload(watchdog_get_drvdata(watchdog));
	return 0;
}

static int dog_set_timeout(struct watchdog_device *watchdog, unsigned int timeout)
{
	set(watchdog_get_drvdata(watchdog), timeout);
	watchdog->timeout = timeout;
	return 0;
}

static const struct watchdog_info dog_info = {
	.options = WDIOF_SETTIMEOUT | WDIOF_KEEPALIVEPING | WDIOF_MAGICCLOSE,
	.identity = "i6300ESB",
};

static const struct watchdog_ops dog_ops = {
	.owner = THIS_MODULE,
	.start = dog_start,
	.stop = dog_stop,
	.ping = dog_ping,
	.set_timeout = dog_set_timeout,
};

static int card_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct card *card;
	u8 lock;
	int error = pci_enable_device(pci);

	if (error)
		return error;
	error = pci_request_region(pci, 0, "i6300esb_c");
	if (error)
		goto disable;
	error = -ENOMEM;
	card = kzalloc(sizeof(*card), GFP_KERNEL);
	if (!card)
		goto release;
	card->pci = pci;
	card->registers = pci_iomap(pci, 0, 0x10);
	if (!card->registers)
		goto free;
	error = pcibios_err_to_errno(pci_read_config_byte(pci, LOCK, &lock));
	if (!error && lock & LOCKED) {
		dev_warn(&pci->dev, "firmware has locked it\n");
		error = -ENODEV;
	}
	if (!error)
		error = pcibios_err_to_errno(pci_write_config_word(pci, CONFIG,
								   MILLISECONDS_NO_IRQ));
	if (error)
		goto unmap;
	if (readw(card->registers + RELOAD) & TIMED_OUT) {
		dev_warn(&pci->dev, "it has reset the machine\n");
		unlock(card);
		writew(TIMED_OUT, card->registers + RELOAD);
	}
	card->watchdog.info = &dog_info;
	card->watchdog.ops = &dog_ops;
	card->watchdog.parent = &pci->dev;
	card->watchdog.timeout = 30;
	card->watchdog.min_timeout = 1;
	card->watchdog.max_timeout = 2046;
	watchdog_set_drvdata(&card->watchdog, card);
	watchdog_stop_on_unregister(&card->watchdog);
	error = watchdog_register_device(&card->watchdog);
	if (error)
		goto unmap;
	pci_set_drvdata(pci, card);
	return 0;
unmap:
	pci_iounmap(pci, card->registers);
free:
	kfree(card);
release:
	pci_release_region(pci, 0);
disable:
	pci_disable_device(pci);
	return error;
}

static void card_remove(struct pci_dev *pci)
{
	struct card *card = pci_get_drvdata(pci);

	watchdog_unregister_device(&card->watchdog);
	pci_iounmap(pci, card->registers);
	kfree(card);
	pci_release_region(pci, 0);
	pci_disable_device(pci);
}

static const struct pci_device_id card_ids[] = {
	{ PCI_DEVICE(0x8086, 0x25ab) },
	{}
};
MODULE_DEVICE_TABLE(pci, card_ids);

static struct pci_driver card_driver = {
	.name = "i6300esb_c",
	.id_table = card_ids,
	.probe = card_probe,
	.remove = card_remove,
};
module_pci_driver(card_driver);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drives the watchdog of the 6300ESB, in C");
