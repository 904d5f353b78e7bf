// SPDX-License-Identifier: GPL-2.0-only
/* The parameters of vm_params in C, the ordinary way. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

static bool flag;
module_param(flag, bool, 0644);
MODULE_PARM_DESC(flag, "A bool");

static bool inverse;
module_param(inverse, invbool, 0644);
MODULE_PARM_DESC(inverse, "A bool that is written as its opposite");

static int bint = -1;
module_param(bint, bint, 0644);
MODULE_PARM_DESC(bint, "An int that is set like a bool");

static unsigned char byte = 8;
module_param(byte, byte, 0644);

static short short_ = -16;
module_param_named(short, short_, short, 0644);

static unsigned short ushort_ = 16;
module_param_named(ushort, ushort_, ushort, 0644);

static int int_ = -32;
module_param_named(int, int_, int, 0644);

static unsigned int uint_ = 32;
module_param_named(uint, uint_, uint, 0644);

static long long_ = -64;
module_param_named(long, long_, long, 0644);

static unsigned long ulong_ = 64;
module_param_named(ulong, ulong_, ulong, 0644);

static unsigned long long ullong_ = 64;
module_param_named(ullong, ullong_, ullong, 0644);

static unsigned int hexint = 0xff;
module_param(hexint, hexint, 0644);
MODULE_PARM_DESC(hexint, "Shown in base 16");

static int set_ranged(const char *val, const struct kernel_param *kp)
{
	return param_set_uint_minmax(val, kp, 1, 10);
}

static const struct kernel_param_ops ranged_ops = {
	.set = set_ranged,
	.get = param_get_uint,
};

static unsigned int ranged = 1;
module_param_cb(ranged, &ranged_ops, &ranged, 0644);
__MODULE_PARM_TYPE(ranged, "uint");
MODULE_PARM_DESC(ranged, "1 to 10");

static char *charp = "world";
module_param(charp, charp, 0644);
MODULE_PARM_DESC(charp, "Text that may change");

static char *fixed_charp = "world";
module_param(fixed_charp, charp, 0444);
MODULE_PARM_DESC(fixed_charp, "Text that stays");

static char string[16] = "room";
module_param_string(string, string, sizeof(string), 0644);
MODULE_PARM_DESC(string, "Text with room for 15 bytes");

static char fixed_string[16] = "room";
module_param_string(fixed_string, fixed_string, sizeof(fixed_string), 0444);
MODULE_PARM_DESC(fixed_string, "The same, and it stays");

static int ints[4] = { 1, -2 };
static unsigned int n_ints = 2;
module_param_array(ints, int, &n_ints, 0644);
MODULE_PARM_DESC(ints, "Up to four ints");

static unsigned char bytes[3] = { 1, 2, 3 };
static unsigned int n_bytes = 3;
module_param_array(bytes, byte, &n_bytes, 0644);
MODULE_PARM_DESC(bytes, "Up to three bytes");

static bool flags[3] = { true, false };
static unsigned int n_flags = 2;
module_param_array(flags, bool, &n_flags, 0644);
MODULE_PARM_DESC(flags, "Up to three bools");

static unsigned int hexes[2] = { 0x10 };
static unsigned int n_hexes = 1;
module_param_array(hexes, hexint, &n_hexes, 0644);
MODULE_PARM_DESC(hexes, "Up to two, in base 16");

static bool inverses[3];
static unsigned int n_inverses;
module_param_array(inverses, invbool, &n_inverses, 0644);
MODULE_PARM_DESC(inverses, "Up to three opposites");

static char *words[3] = { "a", "bc" };
static unsigned int n_words = 2;
module_param_array(words, charp, &n_words, 0644);
MODULE_PARM_DESC(words, "Up to three texts");

static long fixed_longs[3] = { -1, 0, 1 };
static unsigned int n_fixed_longs = 3;
module_param_array(fixed_longs, long, &n_fixed_longs, 0444);
MODULE_PARM_DESC(fixed_longs, "Up to three numbers that stay");

static const char *const speeds[] = { "slow", "fast", "very_fast", "off" };

static int set_speed(const char *val, const struct kernel_param *kp)
{
	int i = sysfs_match_string(speeds, val);

	if (i < 0)
		return i;
	*(int *)kp->arg = i;
	return 0;
}

static int get_speed(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", speeds[*(int *)kp->arg]);
}

static const struct kernel_param_ops speed_ops = {
	.set = set_speed,
	.get = get_speed,
};

static int speed;
module_param_cb(speed, &speed_ops, &speed, 0644);
__MODULE_PARM_TYPE(speed, "Speed");
MODULE_PARM_DESC(speed, "By its name");

static unsigned int renamed = 7;
module_param_named(other, renamed, uint, 0644);
MODULE_PARM_DESC(other, "Its name differs");

static unsigned int risky;
module_param_unsafe(risky, uint, 0644);
MODULE_PARM_DESC(risky, "Taints");

static unsigned int hidden = 1;
module_param(hidden, uint, 0);

static unsigned int owners = 1;
module_param(owners, uint, 0600);

static unsigned int write_only = 1;
module_param(write_only, uint, 0200);

static unsigned int group_reads = 1;
module_param(group_reads, uint, 0440);

static unsigned int group_writes = 1;
module_param(group_writes, uint, 0664);

static int __init vm_params_init(void)
{
	static const int shown[] = { 1, 2, 3, 0 };
	unsigned int i;
	int sum = 0;

	for (i = 0; i < n_ints; i++)
		sum += ints[i];
	pr_info("inverse=%s bint=%d ints=%d bytes=%u\n", inverse ? "true" : "false", bint, sum,
		n_bytes);
	pr_info("string=%s charp=%s fixed=%s\n", string, charp, fixed_string);
	for (i = 0; i < n_words; i++)
		pr_info("word=%s\n", words[i]);
	pr_info("speed=%d renamed=%u\n", shown[speed], renamed);
	return 0;
}

static void __exit vm_params_exit(void)
{
}

module_init(vm_params_init);
module_exit(vm_params_exit);

MODULE_DESCRIPTION("Parameters of every kind");
MODULE_LICENSE("GPL");
