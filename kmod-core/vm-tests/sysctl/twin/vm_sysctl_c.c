// SPDX-License-Identifier: GPL-2.0-only
/* The sysctls of vm_sysctl, in C; those for which the kernel has a handler. */
#include <linux/jiffies.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/sysctl.h>
#include <linux/version.h>

/* Since 6.11 handlers get a const table, and a table has no end. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
typedef const struct ctl_table entry_t;
#define END
#else
typedef struct ctl_table entry_t;
#define END { }
#endif

/* Before 6.3, proc_dobool() works on a bool but wants this. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define BOOL_LEN sizeof(bool)
#else
#define BOOL_LEN sizeof(int)
#endif

static int an_int, ranged_int, ranged_int_min = -5, hundred = 100;
static int a_char, char_min = S8_MIN, char_max = S8_MAX;
static int a_short, short_min = S16_MIN, short_max = S16_MAX;
static unsigned int an_uint, ranged_uint, one = 1, uhundred = 100;
static unsigned int a_ushort, zero, ushort_max = U16_MAX;
static unsigned char a_byte;
static unsigned long an_ulong, ranged_ulong, long_one = 1, long_hundred = 100;
static bool a_bool;
static int read_only, write_only;
static char text[16];

static int ints[3], long_ints[3], ranged_ints[3], shorts[3];
static unsigned long ulongs[3], bytes[3], uints[3];
static unsigned long long_zero, byte_max = U8_MAX, uint_max = U32_MAX;

static unsigned int hex, octal;
static unsigned long hex_ulong;

static int seconds, user_hz, ms, ms_row[2];
static unsigned long ms_ulong, ms_least = HZ / 10, ms_most = 10 * HZ;

static int watched, changes;

/* The kernel has no handler that shows another radix: a string is shown instead. */
static int show(entry_t *table, const char *format, unsigned long value, void *buffer,
		size_t *lenp, loff_t *ppos)
{
	char line[32];
	struct ctl_table tmp = *table;

	snprintf(line, sizeof(line), format, value);
	tmp.data = line;
	tmp.maxlen = sizeof(line);
	return proc_dostring(&tmp, 0, buffer, lenp, ppos);
}

static int do_hex(entry_t *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	if (!write)
		return show(table, "0x%lx", hex, buffer, lenp, ppos);
	return proc_douintvec(table, write, buffer, lenp, ppos);
}

static int do_octal(entry_t *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	if (!write)
		return show(table, "%#lo", octal, buffer, lenp, ppos);
	return proc_douintvec_minmax(table, write, buffer, lenp, ppos);
}

static int do_hex_ulong(entry_t *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	if (!write)
		return show(table, "0x%lx", hex_ulong, buffer, lenp, ppos);
	return proc_doulongvec_minmax(table, write, buffer, lenp, ppos);
}

static int do_watched(entry_t *table, int write, void *buffer, size_t *lenp, loff_t *ppos)
{
	int ret = proc_dointvec(table, write, buffer, lenp, ppos);

	if (!ret && write)
		changes++;
	return ret;
}

#define ENTRY(name, variable, handler) \
	{ .procname = name, .data = &variable, .maxlen = sizeof(variable), .mode = 0644, \
	  .proc_handler = handler }
#define RANGED(name, variable, handler, min, max) \
	{ .procname = name, .data = &variable, .maxlen = sizeof(variable), .mode = 0644, \
	  .proc_handler = handler, .extra1 = &min, .extra2 = &max }

static struct ctl_table table[] = {
	{ .procname = "bool", .data = &a_bool, .maxlen = BOOL_LEN, .mode = 0644,
	  .proc_handler = proc_dobool },
	RANGED("i8", a_char, proc_dointvec_minmax, char_min, char_max),
	RANGED("i16", a_short, proc_dointvec_minmax, short_min, short_max),
	ENTRY("i32", an_int, proc_dointvec),
	ENTRY("u8", a_byte, proc_dou8vec_minmax),
	RANGED("u16", a_ushort, proc_douintvec_minmax, zero, ushort_max),
	ENTRY("u32", an_uint, proc_douintvec),
	ENTRY("u64", an_ulong, proc_doulongvec_minmax),
	RANGED("i32_range", ranged_int, proc_dointvec_minmax, ranged_int_min, hundred),
	RANGED("u32_range", ranged_uint, proc_douintvec_minmax, one, uhundred),
	RANGED("u64_range", ranged_ulong, proc_doulongvec_minmax, long_one, long_hundred),
	ENTRY("i32_row", ints, proc_dointvec),
	ENTRY("i64_row", long_ints, proc_dointvec),
	RANGED("i32_range_row", ranged_ints, proc_dointvec_minmax, ranged_int_min, hundred),
	RANGED("i16_row", shorts, proc_dointvec_minmax, short_min, short_max),
	ENTRY("u64_row", ulongs, proc_doulongvec_minmax),
	RANGED("u8_row", bytes, proc_doulongvec_minmax, long_zero, byte_max),
	RANGED("u32_row", uints, proc_doulongvec_minmax, long_zero, uint_max),
	ENTRY("hex", hex, do_hex),
	RANGED("octal", octal, do_octal, zero, ushort_max),
	ENTRY("hex_u64", hex_ulong, do_hex_ulong),
	ENTRY("seconds", seconds, proc_dointvec_jiffies),
	ENTRY("user_hz", user_hz, proc_dointvec_userhz_jiffies),
	ENTRY("ms", ms, proc_dointvec_ms_jiffies),
	ENTRY("ms_row", ms_row, proc_dointvec_ms_jiffies),
	RANGED("ms_u64", ms_ulong, proc_doulongvec_ms_jiffies_minmax, ms_least, ms_most),
	ENTRY("watched", watched, do_watched),
	{ .procname = "changes", .data = &changes, .maxlen = sizeof(int), .mode = 0444,
	  .proc_handler = proc_dointvec },
	ENTRY("text", text, proc_dostring),
	{ .procname = "read_only", .data = &read_only, .maxlen = sizeof(int), .mode = 0444,
	  .proc_handler = proc_dointvec },
	{ .procname = "write_only", .data = &write_only, .maxlen = sizeof(int), .mode = 0200,
	  .proc_handler = proc_dointvec },
	END
};

static char *dir = "vm_sysctl_c";
module_param(dir, charp, 0);
MODULE_PARM_DESC(dir, "Folder below /proc/sys");

static struct ctl_table_header *header;

static int __init vm_sysctl_c_init(void)
{
	header = register_sysctl(dir, table);
	return header ? 0 : -ENOMEM;
}

static void __exit vm_sysctl_c_exit(void)
{
	unregister_sysctl_table(header);
}

module_init(vm_sysctl_c_init);
module_exit(vm_sysctl_c_exit);

MODULE_DESCRIPTION("Sysctls for the tests, in C");
MODULE_LICENSE("GPL");
