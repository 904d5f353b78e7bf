// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/device.h>
#include <linux/gpio/machine.h>
#include <linux/slab.h>

#include "../../compat/gpio.h"

/* A kernel without GPIO has no lines. */
#if IS_ENABLED(CONFIG_GPIOLIB)

/* What a message calls a line. */
static const char *called(const struct kmod_gpiod_plan *plan)
{
	return plan->name ?: "without a name";
}

/* By a table of the device's own, which nobody needs once the line is had. */
static struct gpio_desc *look_up(struct device *device, const struct kmod_gpiod_plan *plan,
				 unsigned int index, enum gpiod_flags flags)
{
	struct gpiod_lookup_table *table;
	struct gpio_desc *desc;

	/* An empty row is its end. */
	table = kzalloc(struct_size(table, table, 2), GFP_KERNEL);
	if (!table)
		return ERR_PTR(-ENOMEM);
	table->dev_id = dev_name(device);
	table->table[0].key = plan->chip;
	table->table[0].chip_hwnum = plan->line + index;
	table->table[0].con_id = plan->name;
	table->table[0].idx = index;
	table->table[0].flags = plan->active_low ? GPIO_ACTIVE_LOW : GPIO_ACTIVE_HIGH;
	gpiod_add_lookup_table(table);
	desc = gpiod_get_index(device, plan->name, index, flags);
	gpiod_remove_lookup_table(table);
	kfree(table);
	return desc;
}

static struct gpio_desc *find(struct device *device, const struct kmod_gpiod_plan *plan,
			      unsigned int index)
{
	enum gpiod_flags flags = GPIOD_IN;
	struct gpio_desc *desc;

	if (plan->output)
		flags = plan->high ? GPIOD_OUT_HIGH : GPIOD_OUT_LOW;
	desc = gpiod_get_index(device, plan->name, index, flags);
	if (desc == ERR_PTR(-ENOENT) && plan->chip)
		desc = look_up(device, plan, index, flags);
	return desc;
}

/* A chip, and what it is a part of. */
struct chip {
	const struct gpio_chip *chip;
	struct device *parent;
	bool found;
};

/* While it runs, the chip that it is given does not go. */
static int look_at(struct gpio_chip *chip, kmod_compat_gpio_const void *data)
{
	struct chip *wanted = (void *)data;

	if (chip == wanted->chip) {
		wanted->found = true;
		wanted->parent = get_device(chip->parent);
	}
	return 0;
}

/*
 * A chip that goes takes its lines along, and the kernel tells nobody who has one; before 6.9 it does not wait for who
 * uses one either. But who is linked to the chip's device is unbound before that is, and bound again with it.
 */
static int follow(struct device *device, struct device *parent, const struct kmod_gpiod_plan *plan)
{
	switch (READ_ONCE(parent->links.status)) {
	case DL_DEV_NO_DRIVER:
		/* Nobody will unbind it. */
		return 0;
	case DL_DEV_DRIVER_BOUND:
		break;
	default:
		return -EPROBE_DEFER;
	}
	/* With a link that goes by itself, the kernel would warn if it came while the chip's device is being unbound. */
	if (!device_link_add(device, parent, DL_FLAG_AUTOPROBE_CONSUMER)) {
		dev_err(device, "its line %s is of its own chip, or of one that needs it\n",
			called(plan));
		return -EINVAL;
	}
	/* It may have: then nobody waits for this device. */
	return READ_ONCE(parent->links.status) == DL_DEV_DRIVER_BOUND ? 0 : -EPROBE_DEFER;
}

static int accept(struct device *device, struct gpio_desc *desc, const struct kmod_gpiod_plan *plan)
{
	struct chip chip = { .chip = gpiod_to_chip(desc) };
	int ret;

	if (!plan->can_sleep && gpiod_cansleep(desc)) {
		dev_err(device, "its line %s is of a chip that sleeps, and is used where nothing may\n",
			called(plan));
		return -EINVAL;
	}
	kmod_compat_gpio_visit(&chip, look_at);
	if (!chip.found)
		return -EPROBE_DEFER;
	if (!chip.parent)
		return 0;
	ret = follow(device, chip.parent, plan);
	put_device(chip.parent);
	return ret;
}

struct gpio_desc *kmod_gpiod_get(struct device *device, const struct kmod_gpiod_plan *plan,
				 unsigned int index)
{
	struct gpio_desc *desc = find(device, plan, index);
	int ret;

	if (desc == ERR_PTR(-ENOENT) && plan->optional)
		return NULL;
	if (IS_ERR(desc)) {
		dev_err_probe(device, PTR_ERR(desc), "cannot have its line %s, number %u\n",
			      called(plan), index);
		return desc;
	}
	ret = accept(device, desc, plan);
	if (ret) {
		gpiod_put(desc);
		return ERR_PTR(ret);
	}
	return desc;
}

void kmod_gpiod_put(struct gpio_desc *desc)
{
	gpiod_put(desc);
}

int kmod_gpiod_get_value(const struct gpio_desc *desc)
{
	return gpiod_get_value(desc);
}

int kmod_gpiod_get_value_cansleep(const struct gpio_desc *desc)
{
	return gpiod_get_value_cansleep(desc);
}

int kmod_gpiod_set_value(struct gpio_desc *desc, int value)
{
	return kmod_compat_gpiod_set(gpiod_set_value, desc, value);
}

int kmod_gpiod_set_value_cansleep(struct gpio_desc *desc, int value)
{
	return kmod_compat_gpiod_set(gpiod_set_value_cansleep, desc, value);
}

int kmod_gpiod_get_array_value(unsigned int count, struct gpio_desc **descs,
			       unsigned long *bits)
{
	return gpiod_get_array_value(count, descs, NULL, bits);
}

int kmod_gpiod_get_array_value_cansleep(unsigned int count, struct gpio_desc **descs,
					unsigned long *bits)
{
	return gpiod_get_array_value_cansleep(count, descs, NULL, bits);
}

int kmod_gpiod_set_array_value(unsigned int count, struct gpio_desc **descs,
			       unsigned long *bits)
{
	return gpiod_set_array_value(count, descs, NULL, bits);
}

int kmod_gpiod_set_array_value_cansleep(unsigned int count, struct gpio_desc **descs,
					unsigned long *bits)
{
	return gpiod_set_array_value_cansleep(count, descs, NULL, bits);
}

int kmod_gpiod_direction_input(struct gpio_desc *desc)
{
	return gpiod_direction_input(desc);
}

int kmod_gpiod_direction_output(struct gpio_desc *desc, int value)
{
	return gpiod_direction_output(desc, value);
}

int kmod_gpiod_set_config(struct gpio_desc *desc, unsigned long config)
{
	return gpiod_set_config(desc, config);
}

int kmod_gpiod_irq_request(struct device *device, struct gpio_desc *desc, bool rising, bool falling,
			   const struct kmod_irq_calls *calls)
{
	unsigned long flags = (rising ? IRQF_TRIGGER_RISING : 0) |
			      (falling ? IRQF_TRIGGER_FALLING : 0);
	int line = gpiod_to_irq(desc);

	if (line < 0) {
		dev_err_probe(device, line, "the chip of its line %s has no interrupt for it\n",
			      calls->field);
		return line;
	}
	return kmod_irq_request(device, line, flags, calls);
}

#endif
