// SPDX-License-Identifier: GPL-2.0-only
/* Has the display's firmware do what a test orders: a key is pressed, or it lies. */
#include <linux/acpi.h>
#include <linux/module.h>

static int order_set(const char *text, const struct kernel_param *param)
{
	acpi_handle handle;
	u32 order;
	int error = kstrtou32(text, 0, &order);

	if (error)
		return error;
	if (ACPI_FAILURE(acpi_get_handle(NULL, "\\_SB.LANT", &handle)))
		return -ENODEV;
	return ACPI_FAILURE(acpi_execute_simple_method(handle, "TEST", order)) ? -EIO : 0;
}

static const struct kernel_param_ops order_ops = { .set = order_set };
module_param_cb(order, &order_ops, NULL, 0200);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has a display's firmware do what a test orders");
