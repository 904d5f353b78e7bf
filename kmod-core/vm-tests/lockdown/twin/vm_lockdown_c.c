// SPDX-License-Identifier: GPL-2.0-only
/* The parameters and files of vm_lockdown in C, the ordinary way. */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static unsigned int irq = 5;
module_param_hw(irq, uint, irq, 0644);

static unsigned short ports[2] = { 0x3f8 };
static unsigned int ports_count = 1;
module_param_hw_array(ports, ushort, ioport, &ports_count, 0644);

static bool other;
module_param_hw(other, bool, other, 0644);

static unsigned int plain = 1;
module_param(plain, uint, 0644);

static u32 number;
static struct dentry *files;

static int number_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%u\n", number);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(number);

static int __init vm_lockdown_init(void)
{
	files = debugfs_create_dir("vm_lockdown_c", NULL);
	debugfs_create_file("fixed", 0444, files, NULL, &number_fops);
	debugfs_create_file("number", 0644, files, NULL, &number_fops);
	return 0;
}

static void __exit vm_lockdown_exit(void)
{
	debugfs_remove(files);
}

module_init(vm_lockdown_init);
module_exit(vm_lockdown_exit);

MODULE_DESCRIPTION("Parameters that a locked-down kernel refuses to set, and one that it does not");
MODULE_LICENSE("GPL");
