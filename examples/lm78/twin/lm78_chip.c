// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands for the chip is QEMU's clock, at the chip's ports. The kernel takes it for a clock, which it reads
 * elsewhere all the same: here its ports are taken from it.
 */
#include <linux/ioport.h>
#include <linux/module.h>

static int __init begin(void)
{
	release_region(0x295, 8);
	return 0;
}
module_init(begin);

static void __exit end(void)
{
}
module_exit(end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has the kernel forget a clock at an LM78's ports");
