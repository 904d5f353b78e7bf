// SPDX-License-Identifier: GPL-2.0-only
/* The sysctls of bench_sysctl, in C. */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sysctl.h>
#include <linux/version.h>

static int number;

static bool flag;

/* Before 6.3, proc_dobool() works on a bool but wants this. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define BOOL_LEN sizeof(flag)
#else
#define BOOL_LEN sizeof(int)
#endif

static char text[16];
static DEFINE_MUTEX(text_lock);

/* proc_dostring() has no lock; a reader must not get one half of a text and one of the next. */
static int do_text(
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
		   const
#endif
		   struct ctl_table *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	int ret;

	mutex_lock(&text_lock);
	ret = proc_dostring(table, write, buffer, lenp, ppos);
	mutex_unlock(&text_lock);
	return ret;
}

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
		.maxlen = BOOL_LEN,
		.mode = 0644,
		.proc_handler = proc_dobool,
	}, {
		.procname = "string",
		.data = text,
		.maxlen = sizeof(text),
		.mode = 0644,
		.proc_handler = do_text,
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
