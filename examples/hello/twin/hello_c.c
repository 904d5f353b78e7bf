// SPDX-License-Identifier: GPL-2.0-only
/* The hello example in C. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/moduleparam.h>

static char *who = "world";
module_param(who, charp, 0444);
MODULE_PARM_DESC(who, "Whom to greet");

static char *greeting = "Hello";
module_param(greeting, charp, 0);
MODULE_PARM_DESC(greeting, "How to greet, in any encoding");

static bool greet = true;
module_param(greet, bool, 0644);
MODULE_PARM_DESC(greet, "Greet at all");

static int set_times(const char *val, const struct kernel_param *kp)
{
	return param_set_uint_minmax(val, kp, 1, 10);
}

static const struct kernel_param_ops times_ops = {
	.set = set_times,
	.get = param_get_uint,
};

static unsigned int times = 1;
module_param_cb(times, &times_ops, &times, 0644);
__MODULE_PARM_TYPE(times, "uint");
MODULE_PARM_DESC(times, "How often to greet");

static int set_i8(const char *val, const struct kernel_param *kp)
{
	return kstrtos8(val, 0, kp->arg);
}

static int get_i8(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%hhd\n", *(s8 *)kp->arg);
}

static const struct kernel_param_ops i8_ops = {
	.set = set_i8,
	.get = get_i8,
};

static s8 tiny = -8;
module_param_cb(tiny, &i8_ops, &tiny, 0644);
__MODULE_PARM_TYPE(tiny, "i8");
MODULE_PARM_DESC(tiny, "An i8");

static unsigned char byte = 8;
module_param(byte, byte, 0644);
MODULE_PARM_DESC(byte, "A byte");

static short short_ = -16;
module_param_named(short, short_, short, 0644);
MODULE_PARM_DESC(short, "A short");

static unsigned short ushort_ = 16;
module_param_named(ushort, ushort_, ushort, 0644);
MODULE_PARM_DESC(ushort, "An ushort");

static int int_ = -32;
module_param_named(int, int_, int, 0644);
MODULE_PARM_DESC(int, "An int");

static long long_ = -64;
module_param_named(long, long_, long, 0644);
MODULE_PARM_DESC(long, "A long");

static unsigned long long ullong_ = 64;
module_param_named(ullong, ullong_, ullong, 0644);
MODULE_PARM_DESC(ullong, "An ullong");

static long offset = -1;
module_param(offset, long, 0644);
MODULE_PARM_DESC(offset, "A long, as wide as a pointer");

static unsigned long size = 1;
module_param(size, ulong, 0600);
MODULE_PARM_DESC(size, "An ulong");

static int __init hello_init(void)
{
	unsigned int i;

	if (greet)
		for (i = 0; i < times; i++)
			pr_info("%s, %s!\n", greeting, who);
	pr_info("tiny=%d byte=%u short=%d ushort=%u int=%d\n", tiny, byte, short_, ushort_, int_);
	pr_info("long=%ld ullong=%llu offset=%ld size=%lu\n", long_, ullong_, offset, size);
	return 0;
}

static void __exit hello_exit(void)
{
	pr_info("goodbye\n");
}

module_init(hello_init);
module_exit(hello_exit);

MODULE_AUTHOR("The kmod developers");
MODULE_DESCRIPTION("Says hello, with parameters of every type");
MODULE_VERSION("1.0");
MODULE_LICENSE("GPL");
