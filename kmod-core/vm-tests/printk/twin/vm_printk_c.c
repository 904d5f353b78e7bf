// SPDX-License-Identifier: GPL-2.0-only
/* What the module next to it logs, in C. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/module.h>

static char *text = "";
module_param(text, charp, 0444);

static int __init vm_printk_init(void)
{
	if (*text) {
		pr_info("%s\n", text);
		pr_info("%s\n", text);
		pr_info("end\n");
		return 0;
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
	return 0;
}

static void __exit vm_printk_exit(void)
{
}

module_init(vm_printk_init);
module_exit(vm_printk_exit);

MODULE_LICENSE("GPL");
