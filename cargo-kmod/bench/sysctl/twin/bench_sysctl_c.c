// SPDX-License-Identifier: GPL-2.0-only
/* The sysctls of bench_sysctl, in C. */
#include <linux/module.h>
#include <linux/sysctl.h>
#include <linux/version.h>

static int number;
static char text[16];

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
static bool flag;
#define FLAG_HANDLER proc_dobool
#else
/* proc_dobool() is newer, or stores to an int: a switch was an int between 0 and 1. */
static int flag;
#define FLAG_HANDLER proc_dointvec_minmax
#endif

static struct ctl_table table[] = {
	{
		.procname = "int",
		.data = &number,
		.maxlen = sizeof(number),
		.mode = 0644,
		.proc_handler = proc_dointvec,
	}, {
		.procname = "bool",
		.data = &flag,
		.maxlen = sizeof(flag),
		.mode = 0644,
		.proc_handler = FLAG_HANDLER,
		.extra1 = SYSCTL_ZERO,
		.extra2 = SYSCTL_ONE,
	}, {
		.procname = "string",
		.data = text,
		.maxlen = sizeof(text),
		.mode = 0644,
		.proc_handler = proc_dostring,
	},
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
	{ }
#endif
};

static struct ctl_table_header *header;

static int __init bench_init(void)
{
	header = register_sysctl(KBUILD_MODNAME, table);
	return header ? 0 : -ENOMEM;
}

static void __exit bench_exit(void)
{
	unregister_sysctl_table(header);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("A number, a switch and a text");
MODULE_LICENSE("GPL");
