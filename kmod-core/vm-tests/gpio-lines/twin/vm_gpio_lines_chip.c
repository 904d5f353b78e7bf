// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chips whose lines others have: one with interrupts, which raises them when a line of it is told to change, and one that
 * sleeps. Line 7 of the first cannot be read.
 */
#include <linux/delay.h>
#include <linux/gpio/driver.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/version.h>

#define LINES 8

/* Which are held, high, outputs; by their chips. */
static unsigned long held[2], high[2], outputs[2];

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
#define SET_TYPE int
#define SET_RETURN return 0
#else
#define SET_TYPE void
#define SET_RETURN return
#endif

static struct gpio_chip chips[2];

static int which(struct gpio_chip *chip)
{
	return chip - chips;
}

static int request(struct gpio_chip *chip, unsigned int offset)
{
	set_bit(offset, &held[which(chip)]);
	return 0;
}

static void free_line(struct gpio_chip *chip, unsigned int offset)
{
	clear_bit(offset, &held[which(chip)]);
}

static int get_direction(struct gpio_chip *chip, unsigned int offset)
{
	return test_bit(offset, &outputs[which(chip)]) ? GPIO_LINE_DIRECTION_OUT :
							 GPIO_LINE_DIRECTION_IN;
}

static int direction_input(struct gpio_chip *chip, unsigned int offset)
{
	clear_bit(offset, &outputs[which(chip)]);
	return 0;
}

static int get(struct gpio_chip *chip, unsigned int offset)
{
	if (chip->can_sleep)
		fsleep(1000);
	if (offset == 7)
		return -EIO;
	return test_bit(offset, &high[which(chip)]);
}

static SET_TYPE set(struct gpio_chip *chip, unsigned int offset, int value)
{
	if (chip->can_sleep)
		fsleep(1000);
	assign_bit(offset, &high[which(chip)], value);
	SET_RETURN;
}

static int direction_output(struct gpio_chip *chip, unsigned int offset, int value)
{
	set(chip, offset, value);
	set_bit(offset, &outputs[which(chip)]);
	return 0;
}

static int state_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%#lx %#lx %#lx; %#lx %#lx %#lx\n", held[0], high[0], outputs[0],
		       held[1], high[1], outputs[1]);
}

static const struct kernel_param_ops state_ops = { .get = state_get };
module_param_cb(state, &state_ops, NULL, 0444);

/* Of which edges each line's interrupt is, and whether anybody wants it. */
static unsigned int types[LINES];
static unsigned long unmasked;

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
	.name = "vm_lines",
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
	.name = "vm_lines",
	.irq_mask = irq_mask,
	.irq_unmask = irq_unmask,
	.irq_set_type = irq_set_type,
};

#define set_chip(girq) ((girq)->chip = &irq_chip)

#endif

/* The chips are there. */
static DEFINE_MUTEX(lock);
static bool bound;

static void set_bound(void *to)
{
	mutex_lock(&lock);
	bound = to;
	mutex_unlock(&lock);
}

static void unbound(void *unused)
{
	set_bound(NULL);
}

/* "LINE LEVEL" of the first chip, as who is at its other end has it. */
static int level_set(const char *text, const struct kernel_param *param)
{
	unsigned int line, level, edge;
	unsigned long flags;
	int ret = -ENODEV;

	if (sscanf(text, "%u %u", &line, &level) != 2 || line >= LINES || level > 1)
		return -EINVAL;
	edge = level ? IRQ_TYPE_EDGE_RISING : IRQ_TYPE_EDGE_FALLING;
	mutex_lock(&lock);
	if (bound) {
		ret = 0;
		if (test_bit(line, &high[0]) != level) {
			assign_bit(line, &high[0], level);
			local_irq_save(flags);
			if (test_bit(line, &unmasked) && types[line] & edge)
				generic_handle_irq(irq_find_mapping(chips[0].irq.domain, line));
			local_irq_restore(flags);
		}
	}
	mutex_unlock(&lock);
	return ret;
}

static const struct kernel_param_ops level_ops = { .set = level_set };
module_param_cb(level, &level_ops, NULL, 0200);

/* A device of which the first chip is to be a part. */
static char *below;
module_param(below, charp, 0);

static int probe(struct platform_device *device)
{
	static const char *const labels[] = { "vm_lines", "vm_lines_slow" };
	int i, ret;

	for (i = 0; i < ARRAY_SIZE(chips); i++) {
		chips[i] = (struct gpio_chip){
			.label = labels[i],
			.parent = &device->dev,
			.owner = THIS_MODULE,
			.base = -1,
			.ngpio = i ? 2 : LINES,
			.can_sleep = i == 1,
			.request = request,
			.free = free_line,
			.get_direction = get_direction,
			.direction_input = direction_input,
			.direction_output = direction_output,
			.get = get,
			.set = set,
		};
		held[i] = high[i] = outputs[i] = 0;
		if (!i) {
			struct gpio_irq_chip *girq = &chips[i].irq;

			set_chip(girq);
			girq->handler = handle_simple_irq;
			girq->default_type = IRQ_TYPE_NONE;
		}
		ret = devm_gpiochip_add_data(&device->dev, &chips[i], NULL);
		if (ret)
			return ret;
	}
	set_bound(device);
	return devm_add_action_or_reset(&device->dev, unbound, NULL);
}

static struct platform_driver driver = {
	.probe = probe,
	.driver.name = "vm_lines_chip",
};

static struct platform_device *device;

static int __init chip_init(void)
{
	struct platform_device_info info = { .name = "vm_lines_chip", .id = PLATFORM_DEVID_NONE };
	int ret;

	if (below) {
		info.parent = bus_find_device_by_name(&platform_bus_type, NULL, below);
		if (!info.parent)
			return -ENXIO;
	}
	ret = platform_driver_register(&driver);
	if (!ret) {
		device = platform_device_register_full(&info);
		ret = PTR_ERR_OR_ZERO(device);
		if (ret)
			platform_driver_unregister(&driver);
	}
	put_device(info.parent);
	return ret;
}

static void __exit chip_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
}

module_init(chip_init);
module_exit(chip_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Chips whose lines others have");
