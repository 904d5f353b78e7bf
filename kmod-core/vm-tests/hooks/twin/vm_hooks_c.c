// SPDX-License-Identifier: GPL-2.0-only
/* The same notifiers in C. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpuhotplug.h>
#include <linux/inetdevice.h>
#include <linux/kdebug.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/proc_fs.h>
#include <linux/ptrace.h>
#include <linux/reboot.h>
#include <linux/seq_file.h>
#include <linux/suspend.h>
#if __has_include(<linux/panic_notifier.h>)
#include <linux/panic_notifier.h>
#endif

#define HEARD_MAX (16 << 10)

static DEFINE_MUTEX(lock);
static char heard[HEARD_MAX + 256];
static size_t heard_len;
static atomic_t traps;
static bool refuse;
module_param(refuse, bool, 0644);

static void line(const char *what, const char *name)
{
	mutex_lock(&lock);
	if (heard_len <= HEARD_MAX)
		heard_len += scnprintf(heard + heard_len, 256, "%s%s\n", what, name);
	mutex_unlock(&lock);
}

static int on_module(struct notifier_block *block, unsigned long what, void *data)
{
	const struct module *module = data;

	line(what == MODULE_STATE_COMING ? "module coming " :
	     what == MODULE_STATE_LIVE ? "module live " : "module going ", module->name);
	return what == MODULE_STATE_COMING && refuse ? notifier_from_errno(-EBUSY) : NOTIFY_DONE;
}

static int on_netdevice(struct notifier_block *block, unsigned long what, void *data)
{
	const char *name = netdev_notifier_info_to_dev(data)->name;
	bool may_refuse = false;

	switch (what) {
	case NETDEV_UP:
		line("netdevice up ", name);
		break;
	case NETDEV_DOWN:
		line("netdevice down ", name);
		break;
	case NETDEV_REGISTER:
		line("netdevice register ", name);
		break;
	case NETDEV_UNREGISTER:
		line("netdevice unregister ", name);
		break;
	case NETDEV_GOING_DOWN:
		line("netdevice going down ", name);
		break;
	case NETDEV_PRE_UP:
		line("netdevice pre up ", name);
		may_refuse = true;
		break;
	case NETDEV_PRECHANGEMTU:
		line("netdevice pre change mtu ", name);
		may_refuse = true;
		break;
	case NETDEV_CHANGEMTU:
		line("netdevice change mtu ", name);
		break;
	default:
		line("netdevice other ", name);
	}
	return may_refuse && refuse ? notifier_from_errno(-EBUSY) : NOTIFY_DONE;
}

static int on_inetaddr(struct notifier_block *block, unsigned long what, void *data)
{
	const struct in_ifaddr *address = data;
	char text[64];

	scnprintf(text, sizeof(text), "%s %pI4/%d", address->ifa_dev->dev->name,
		  &address->ifa_local, address->ifa_prefixlen);
	line(what == NETDEV_UP ? "inetaddr up " : "inetaddr down ", text);
	return NOTIFY_DONE;
}

static int on_pm(struct notifier_block *block, unsigned long what, void *data)
{
	line("pm ", what == PM_SUSPEND_PREPARE ? "suspend" :
	     what == PM_POST_SUSPEND ? "post suspend" : "another");
	return what == PM_SUSPEND_PREPARE && refuse ? notifier_from_errno(-EBUSY) : NOTIFY_DONE;
}

static int on_die(struct notifier_block *block, unsigned long what, void *data)
{
	const struct die_args *args = data;

	if (args->regs && user_mode(args->regs) && what != DIE_OOPS)
		atomic_inc(&traps);
	return NOTIFY_DONE;
}

static int on_reboot(struct notifier_block *block, unsigned long what, void *data)
{
	pr_info("%s\n", what == SYS_RESTART ? "restart" : what == SYS_HALT ? "halt" : "power off");
	return NOTIFY_DONE;
}

static int on_panic(struct notifier_block *block, unsigned long what, void *data)
{
	pr_emerg("heard of %s\n", (const char *)data);
	return NOTIFY_DONE;
}

static int on_online(unsigned int cpu)
{
	line("cpu online ", cpu ? "1" : "0");
	return refuse ? -EBUSY : 0;
}

static int on_offline(unsigned int cpu)
{
	line("cpu offline ", cpu ? "1" : "0");
	return 0;
}

static struct notifier_block module_block = { .notifier_call = on_module };
static struct notifier_block netdevice_block = { .notifier_call = on_netdevice };
static struct notifier_block inetaddr_block = { .notifier_call = on_inetaddr };
static struct notifier_block pm_block = { .notifier_call = on_pm };
static struct notifier_block die_block = { .notifier_call = on_die };
static struct notifier_block reboot_block = { .notifier_call = on_reboot };
static struct notifier_block panic_block = { .notifier_call = on_panic };
static int state;

static void platform_shutdown(struct platform_device *device)
{
	pr_info("its device is shut down\n");
}

static struct platform_driver platform_driver = {
	.driver.name = "vm_hooks_c",
	.shutdown = platform_shutdown,
};
static struct platform_device *platform_device;

static int c_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	return pci_enable_device(pci);
}

static void c_remove(struct pci_dev *pci)
{
	pci_disable_device(pci);
}

static void c_shutdown(struct pci_dev *pci)
{
	u16 vendor;

	if (!pci_read_config_word(pci, PCI_VENDOR_ID, &vendor) && vendor == pci->vendor)
		pr_info("its card is shut down\n");
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{}
};
MODULE_DEVICE_TABLE(pci, ids);

static struct pci_driver pci_driver = {
	.name = "vm_hooks_c",
	.id_table = ids,
	.probe = c_probe,
	.remove = c_remove,
	.shutdown = c_shutdown,
};

static int heard_show(struct seq_file *m, void *v)
{
	mutex_lock(&lock);
	seq_write(m, heard, heard_len);
	mutex_unlock(&lock);
	return 0;
}

static int heard_open(struct inode *inode, struct file *file)
{
	return single_open(file, heard_show, NULL);
}

static ssize_t heard_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	mutex_lock(&lock);
	heard_len = 0;
	mutex_unlock(&lock);
	return len;
}

static const struct proc_ops heard_ops = {
	.proc_open = heard_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = heard_write,
};

static int traps_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", atomic_read(&traps));
	return 0;
}

static int __init vm_hooks_c_init(void)
{
	proc_mkdir("vm_hooks_c", NULL);
	proc_create("vm_hooks_c/heard", 0644, NULL, &heard_ops);
	proc_create_single("vm_hooks_c/traps", 0444, NULL, traps_show);
	register_module_notifier(&module_block);
	register_netdevice_notifier(&netdevice_block);
	register_inetaddr_notifier(&inetaddr_block);
	register_pm_notifier(&pm_block);
	state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "vm_hooks_c", on_online, on_offline);
	register_die_notifier(&die_block);
	register_reboot_notifier(&reboot_block);
	atomic_notifier_chain_register(&panic_notifier_list, &panic_block);
	platform_driver_register(&platform_driver);
	platform_device = platform_device_register_simple("vm_hooks_c", -1, NULL, 0);
	return pci_register_driver(&pci_driver);
}

static void __exit vm_hooks_c_exit(void)
{
	pci_unregister_driver(&pci_driver);
	platform_device_unregister(platform_device);
	platform_driver_unregister(&platform_driver);
	atomic_notifier_chain_unregister(&panic_notifier_list, &panic_block);
	unregister_reboot_notifier(&reboot_block);
	unregister_die_notifier(&die_block);
	cpuhp_remove_state(state);
	unregister_pm_notifier(&pm_block);
	unregister_inetaddr_notifier(&inetaddr_block);
	unregister_netdevice_notifier(&netdevice_block);
	unregister_module_notifier(&module_block);
	remove_proc_subtree("vm_hooks_c", NULL);
}

module_init(vm_hooks_c_init);
module_exit(vm_hooks_c_exit);
MODULE_DESCRIPTION("The same notifiers in C");
MODULE_LICENSE("GPL");
