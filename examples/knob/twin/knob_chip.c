// SPDX-License-Identifier: GPL-2.0-only
/* The knob's chip, KMOD0D01: its inputs are what the test makes them, by "LINE LEVEL" in `level`. */
#include <linux/gpio/driver.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/platform_device.h>
#include <linux/version.h>

#define LINES 4

/* The inputs are high while nothing is closed. */
static unsigned long high = 7, outputs, unmasked;
static unsigned int types[LINES];
static struct gpio_chip chip;

/* Whether it can, and what it was asked for, in us. */
static bool debounces;
module_param(debounces, bool, 0);
static unsigned int asked;
module_param(asked, uint, 0444);

module_param(high, ulong, 0444);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
#define SET_TYPE int
#define SET_RETURN return 0
#else
#define SET_TYPE void
#define SET_RETURN return
#endif

static int get_direction(struct gpio_chip *chip, unsigned int offset)
{
	return test_bit(offset, &outputs) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int direction_input(struct gpio_chip *chip, unsigned int offset)
{
	clear_bit(offset, &outputs);
	return 0;
}

static int get(struct gpio_chip *chip, unsigned int offset)
{
	return test_bit(offset, &high);
}

static SET_TYPE set(struct gpio_chip *chip, unsigned int offset, int value)
{
	assign_bit(offset, &high, value);
	SET_RETURN;
}

static int direction_output(struct gpio_chip *chip, unsigned int offset, int value)
{
	set(chip, offset, value);
	set_bit(offset, &outputs);
	return 0;
}

static int set_config(struct gpio_chip *chip, unsigned int offset, unsigned long config)
{
	if (!debounces || pinconf_to_config_param(config) != PIN_CONFIG_INPUT_DEBOUNCE)
		return -ENOTSUPP;
	asked = pinconf_to_config_argument(config);
	return 0;
}

static int irq_set_type(struct irq_data *data, unsigned int type)
{
	if (type & IRQ_TYPE_LEVEL_MASK)
		return -EINVAL;
	types[irqd_to_hwirq(data)] = type;
	return 0;
}

#ifdef GPIOCHIP_IRQ_RESOURCE_HELPERS

static void irq_mask(struct irq_data *data)
{
	clear_bit(irqd_to_hwirq(data), &unmasked);
	gpiochip_disable_irq(irq_data_get_irq_chip_data(data), irqd_to_hwirq(data));
}

static void irq_unmask(struct irq_data *data)
{
	gpiochip_enable_irq(irq_data_get_irq_chip_data(data), irqd_to_hwirq(data));
	set_bit(irqd_to_hwirq(data), &unmasked);
}

static const struct irq_chip irq_chip = {
	.name = "knob_chip",
	.irq_mask = irq_mask,
	.irq_unmask = irq_unmask,
	.irq_set_type = irq_set_type,
	.flags = IRQCHIP_IMMUTABLE,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

#define set_chip(girq) gpio_irq_chip_set_chip(girq, &irq_chip)

#else

static void irq_mask(struct irq_data *data)
{
	clear_bit(irqd_to_hwirq(data), &unmasked);
}

static void irq_unmask(struct irq_data *data)
{
	set_bit(irqd_to_hwirq(data), &unmasked);
}

static struct irq_chip irq_chip = {
	.name = "knob_chip",
	.irq_mask = irq_mask,
	.irq_unmask = irq_unmask,
	.irq_set_type = irq_set_type,
};

#define set_chip(girq) ((girq)->chip = &irq_chip)

#endif

static int level_set(const char *text, const struct kernel_param *param)
{
	unsigned int line, level, edge;
	unsigned long flags;

	if (sscanf(text, "%u %u", &line, &level) != 2 || line >= LINES || level > 1)
		return -EINVAL;
	edge = level ? IRQ_TYPE_EDGE_RISING : IRQ_TYPE_EDGE_FALLING;
	if (test_bit(line, &high) == level)
		return 0;
	assign_bit(line, &high, level);
	local_irq_save(flags);
	if (test_bit(line, &unmasked) && types[line] & edge)
		generic_handle_irq(irq_find_mapping(chip.irq.domain, line));
	local_irq_restore(flags);
	return 0;
}

static const struct kernel_param_ops level_ops = { .set = level_set };
module_param_cb(level, &level_ops, NULL, 0200);

static int probe(struct platform_device *device)
{
	chip = (struct gpio_chip){
		.label = "knob_chip",
		.parent = &device->dev,
		.owner = THIS_MODULE,
		.base = -1,
		.ngpio = LINES,
		.get_direction = get_direction,
		.direction_input = direction_input,
		.direction_output = direction_output,
		.get = get,
		.set = set,
		.set_config = set_config,
	};
	set_chip(&chip.irq);
	chip.irq.handler = handle_simple_irq;
	chip.irq.default_type = IRQ_TYPE_NONE;
	return devm_gpiochip_add_data(&device->dev, &chip, NULL);
}

static const struct acpi_device_id ids[] = { { "KMOD0D01" }, {} };

static struct platform_driver knob_chip = {
	.probe = probe,
	.driver = { .name = "knob_chip", .acpi_match_table = ids },
};

module_platform_driver(knob_chip);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The chip of a knob");
