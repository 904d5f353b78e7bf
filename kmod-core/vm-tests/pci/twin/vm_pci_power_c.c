// SPDX-License-Identifier: GPL-2.0-only
/* The driver of power in C, and what wakes a system that sleeps. */
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/pm_runtime.h>
#include <linux/sched.h>
#include <linux/suspend.h>
#include <linux/timer.h>

static unsigned int calls[4];
static unsigned int fails;

static void rings(struct timer_list *timer)
{
	pm_system_wakeup();
}

static DEFINE_TIMER(alarm, rings);

static int set_wake(const char *text, const struct kernel_param *param)
{
	unsigned int after;
	int error = kstrtouint(text, 0, &after);

	if (error)
		return error;
	mod_timer(&alarm, jiffies + msecs_to_jiffies(after));
	return 0;
}

static const struct kernel_param_ops wake_ops = { .set = set_wake };
module_param_cb(wake, &wake_ops, NULL, 0200);

static ssize_t calls_show(struct device *device, struct device_attribute *attribute, char *to)
{
	return sprintf(to, "%u %u %u %u\n", calls[0], calls[1], calls[2], calls[3]);
}
static DEVICE_ATTR_RO(calls);

static ssize_t fails_store(struct device *device, struct device_attribute *attribute,
			   const char *from, size_t bytes)
{
	int error = kstrtouint(from, 0, &fails);

	return error ? error : bytes;
}
static DEVICE_ATTR_WO(fails);

static ssize_t use_store(struct device *device, struct device_attribute *attribute,
			 const char *from, size_t bytes)
{
	int error = pm_runtime_resume_and_get(device);

	if (error)
		return error;
	pm_runtime_mark_last_busy(device);
	pm_runtime_put_autosuspend(device);
	return bytes;
}
static DEVICE_ATTR_WO(use);

static struct attribute *c_attrs[] = {
	&dev_attr_calls.attr,
	&dev_attr_fails.attr,
	&dev_attr_use.attr,
	NULL,
};

static const struct attribute_group c_group = { .attrs = c_attrs };

static int called(int which)
{
	calls[which]++;
	return fails == which + 1 ? -EIO : 0;
}

static int c_suspend(struct device *device)
{
	return called(0);
}

static int c_resume(struct device *device)
{
	return called(1);
}

static int c_runtime_suspend(struct device *device)
{
	return called(2);
}

static int c_runtime_resume(struct device *device)
{
	return called(3);
}

static const struct dev_pm_ops c_pm = {
	SET_SYSTEM_SLEEP_PM_OPS(c_suspend, c_resume)
	SET_RUNTIME_PM_OPS(c_runtime_suspend, c_runtime_resume, NULL)
};

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int error = pci_enable_device(pci);

	if (error)
		return error;
	memset(calls, 0, sizeof(calls));
	fails = 0;
	error = sysfs_create_group(&pci->dev.kobj, &c_group);
	if (error) {
		pci_disable_device(pci);
		return error;
	}
	pm_runtime_set_autosuspend_delay(&pci->dev, 20);
	pm_runtime_use_autosuspend(&pci->dev);
	pm_runtime_mark_last_busy(&pci->dev);
	pm_runtime_put_noidle(&pci->dev);
	return 0;
}

static void c_remove(struct pci_dev *pci)
{
	pm_runtime_get_sync(&pci->dev);
	pm_runtime_dont_use_autosuspend(&pci->dev);
	sysfs_remove_group(&pci->dev.kobj, &c_group);
	pci_disable_device(pci);
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(0x1234, 0x0003) },
	{}
};

static struct pci_driver c_driver = {
	.name = "vm_pci_c_power",
	.id_table = ids,
	.probe = c_probe,
	.remove = c_remove,
	.driver.pm = &c_pm,
};

static int __init c_init(void)
{
	return pci_register_driver(&c_driver);
}
module_init(c_init);

static void __exit c_exit(void)
{
	pci_unregister_driver(&c_driver);
	while (timer_pending(&alarm))
		schedule_timeout_uninterruptible(1);
}
module_exit(c_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Power management in C");
