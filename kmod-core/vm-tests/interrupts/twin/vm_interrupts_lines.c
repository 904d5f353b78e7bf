// SPDX-License-Identifier: GPL-2.0-only
/* A platform device with interrupts that nobody has but who raises them by a parameter. */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define LINES 2

static unsigned int lines = LINES;
module_param(lines, uint, 0);

static int first = -1;
static struct platform_device *device;

static int set_raise(const char *text, const struct kernel_param *param)
{
	unsigned long flags;
	unsigned int line;
	int error = kstrtouint(text, 0, &line);

	if (error)
		return error;
	if (first < 0 || line >= LINES)
		return -EINVAL;
	local_irq_save(flags);
	error = generic_handle_irq(first + line);
	local_irq_restore(flags);
	return error;
}

static const struct kernel_param_ops raise_ops = { .set = set_raise };
module_param_cb(raise, &raise_ops, NULL, 0200);

static int __init lines_init(void)
{
	struct resource resources[LINES];
	unsigned int line;

	/* Whoever has one is not to keep this module. */
	first = __irq_alloc_descs(-1, 0, LINES, NUMA_NO_NODE, NULL, NULL);
	if (first < 0)
		return first;
	for (line = 0; line < LINES; line++) {
		irq_set_chip_and_handler(first + line, &dummy_irq_chip, handle_simple_irq);
		irq_clear_status_flags(first + line, IRQ_NOREQUEST);
		resources[line] = (struct resource)DEFINE_RES_IRQ(first + line);
	}
	device = platform_device_register_simple("vm_irq_lines", -1, resources,
						 min_t(unsigned int, lines, LINES));
	if (IS_ERR(device)) {
		irq_free_descs(first, LINES);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit lines_exit(void)
{
	platform_device_unregister(device);
	irq_free_descs(first, LINES);
}

module_init(lines_init);
module_exit(lines_exit);
MODULE_DESCRIPTION("Interrupts of a platform device");
MODULE_LICENSE("GPL");
