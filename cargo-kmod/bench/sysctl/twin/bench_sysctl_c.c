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

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
#define TABLE const struct ctl_table
#else
#define TABLE struct ctl_table
#endif

static char text[16];
static DEFINE_MUTEX(text_lock);

/* proc_dostring() has no lock; a reader must not get one half of a text and one of the next. */
static int do_text(TABLE *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	int ret;

	mutex_lock(&text_lock);
	ret = proc_dostring(table, write, buffer, lenp, ppos);
	mutex_unlock(&text_lock);
	return ret;
}

static int row[4];

static unsigned int mask;

/* A number that is shown in hexadecimal: a text that proc_dostring() shows, and a number that it takes. */
static int do_hex(TABLE *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	char shown[16];
	struct ctl_table as = *table;

	if (write)
		return proc_douintvec(table, write, buffer, lenp, ppos);
	snprintf(shown, sizeof(shown), "0x%x", READ_ONCE(mask));
	as.data = shown;
	as.maxlen = sizeof(shown);
	return proc_dostring(&as, write, buffer, lenp, ppos);
}

static int watched;
static int watched_min, watched_max = 99999;
static int watched_row[4];
static atomic_t changes;

static int do_watched(TABLE *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	int ret = proc_dointvec_minmax(table, write, buffer, lenp, ppos);

	if (!ret && write)
		atomic_inc(&changes);
	return ret;
}

static unsigned int own;

/* A number that is shown and parsed here. */
static int do_own(TABLE *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	size_t len = *lenp;
	char line[16];
	unsigned int value;
	int ret;

	if (!len)
		return 0;
	if (write) {
		if (len >= sizeof(line))
			return -EINVAL;
		memcpy(line, buffer, len);
		line[len] = '\0';
		ret = kstrtouint(line, 0, &value);
		if (ret)
			return ret;
		WRITE_ONCE(own, value);
	} else {
		len = *ppos ? 0 : scnprintf(buffer, len, "%u\n", READ_ONCE(own));
	}
	*lenp = len;
	*ppos += len;
	return 0;
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
	}, {
		.procname = "row",
		.data = row,
		.maxlen = sizeof(row),
		.mode = 0644,
		.proc_handler = proc_dointvec,
	}, {
		.procname = "hex",
		.data = &mask,
		.maxlen = sizeof(mask),
		.mode = 0644,
		.proc_handler = do_hex,
	}, {
		.procname = "watched",
		.data = &watched,
		.maxlen = sizeof(watched),
		.mode = 0644,
		.proc_handler = do_watched,
		.extra1 = &watched_min,
		.extra2 = &watched_max,
	}, {
		.procname = "watched_row",
		.data = watched_row,
		.maxlen = sizeof(watched_row),
		.mode = 0644,
		.proc_handler = do_watched,
	}, {
		.procname = "own",
		.mode = 0644,
		.proc_handler = do_own,
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
MODULE_DESCRIPTION("Sysctls");
MODULE_LICENSE("GPL");
