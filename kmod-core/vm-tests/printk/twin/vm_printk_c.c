// SPDX-License-Identifier: GPL-2.0-only
/* What the module next to it logs, in C. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/proc_fs.h>

static char *text = "";
module_param(text, charp, 0444);

static unsigned int evaluated;

static void debug(void)
{
	pr_debug("first %u\n", ++evaluated);
	pr_debug("by fmt \"%s\"\n", "quoted");
	pr_debug("in a closure %u\n", 1);
	print_hex_dump_debug("dump: ", DUMP_PREFIX_OFFSET, 16, 1, "\x00kmod\xff", 6, true);
}

static void seldom(void)
{
	int turn;

	for (turn = 0; turn < 30; turn++) {
		pr_warn_once("once %d\n", turn);
		pr_notice_ratelimited("limited %d\n", turn);
	}
}

static ssize_t again_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	unsigned int what;
	int error = kstrtouint_from_user(buf, len, 0, &what);

	if (error)
		return error;
	if (what == 1)
		debug();
	else if (what == 2)
		seldom();
	else
		print_hex_dump(KERN_INFO, "dump: ", DUMP_PREFIX_OFFSET, 16, 1,
			       "0123456789abcdef\x01\x02 100%", 23, true);
	return len;
}

static const struct proc_ops again_ops = {
	.proc_write = again_write,
};

static int probe(struct platform_device *device)
{
	dev_info(&device->dev, "bound %d\n", 1);
	dev_warn(&device->dev, "bound %d\n", 2);
	dev_err_once(&device->dev, "bound once\n");
	dev_dbg(&device->dev, "bound by %s\n", "debug");
	return 0;
}

static struct platform_driver driver = {
	.probe = probe,
	.driver.name = "vm_printk_c",
};
static struct platform_device *device;

static int rest(void)
{
	proc_create("vm_printk_c", 0200, NULL, &again_ops);
	platform_driver_register(&driver);
	device = platform_device_register_simple("vm_printk_c", PLATFORM_DEVID_NONE, NULL, 0);
	return 0;
}

static int __init vm_printk_init(void)
{
	if (*text) {
		pr_info("%s\n", text);
		pr_info("%s\n", text);
		pr_info("end\n");
		return rest();
	}
	pr_info("\n");
	pr_info("one\n");
	pr_info("100%% %%s {}\n");
	pr_info("%d %llu %c\n", -1, U64_MAX, 'c');
	pr_info("%lld %x %#x %o\n", S64_MIN, 0xffff, 255, 8);
	pr_info("%s %s %s\n", "true", "text", "C text");
	pr_info("\"quoted\" %5d (%d, %d)\n", 7, 1, -2);
	pr_info("failed with %pe\n", ERR_PTR(-ENOSPC));
	pr_info("%p %p\n", (void *)0xffff888012345678, NULL);
	pr_info("at %p\n", (void *)0xffff88801234567c);
	pr_info("two\n");
	pr_emerg("level\n");
	pr_alert("level\n");
	pr_crit("level\n");
	pr_err("level\n");
	pr_warn("level \"by fmt\"\n");
	pr_notice("level\n");
	pr_info("level\n");
	pr_debug("level\n");
	pr_info("ports:");
	pr_cont(" %d", 1);
	pr_cont(" %d\n", 2);
	return rest();
}

static void __exit vm_printk_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
	remove_proc_entry("vm_printk_c", NULL);
}

module_init(vm_printk_init);
module_exit(vm_printk_exit);

MODULE_LICENSE("GPL");
