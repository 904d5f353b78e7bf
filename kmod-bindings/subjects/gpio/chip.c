// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/err.h>
#include <linux/kmemleak.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../../compat/gpio.h"
#include "../class/door.h"

/* A kernel without GPIO declares nothing of it. */
#if IS_ENABLED(CONFIG_GPIOLIB)

static_assert(KMOD_GPIO_OUT == GPIO_LINE_DIRECTION_OUT);
static_assert(KMOD_GPIO_IN == GPIO_LINE_DIRECTION_IN);

struct kmod_gpio {
	struct gpio_chip chip;
	struct kmod_class_door door;
	const struct kmod_gpio_ops *ops;
	void *data;
	struct fwnode_handle *node; /* that has the names, or NULL */
	/* A name for each line, and behind them what they say: the kernel keeps the pointers. */
	const char *names[];
};

static struct kmod_gpio *gpio_of(struct gpio_chip *chip)
{
	return container_of(chip, struct kmod_gpio, chip);
}

/* What a function gives, or -ENODEV once the chip goes: who holds a line may call for ever. */
#define ask(chip, function, ...)								\
	({											\
		struct kmod_gpio *gpio = gpio_of(chip);						\
		int ret = -ENODEV;								\
												\
		kmod_class_door_pass(&gpio->door, ret = gpio->ops->function(gpio->data, __VA_ARGS__));	\
		ret;										\
	})

static int request(struct gpio_chip *chip, unsigned int offset)
{
	return ask(chip, request, offset);
}

static void free_line(struct gpio_chip *chip, unsigned int offset)
{
	struct kmod_gpio *gpio = gpio_of(chip);

	kmod_class_door_pass(&gpio->door, gpio->ops->free(gpio->data, offset));
}

static int get_direction(struct gpio_chip *chip, unsigned int offset)
{
	return ask(chip, get_direction, offset);
}

static int get(struct gpio_chip *chip, unsigned int offset)
{
	return ask(chip, get, offset);
}

/*
 * For what else is not there the slots are full, too: the kernel calls them without a look, for one where user space
 * has a line be as one with an open drain. What it does by itself without them is done here.
 */
static int set(struct gpio_chip *chip, unsigned int offset, int value)
{
	if (!gpio_of(chip)->ops->set)
		return -EIO;
	return ask(chip, set, offset, value);
}

static void set_void(struct gpio_chip *chip, unsigned int offset, int value)
{
	set(chip, offset, value);
}

static int direction_input(struct gpio_chip *chip, unsigned int offset)
{
	if (!gpio_of(chip)->ops->direction_input)
		return get_direction(chip, offset) == GPIO_LINE_DIRECTION_IN ? 0 : -EIO;
	return ask(chip, direction_input, offset);
}

static int direction_output(struct gpio_chip *chip, unsigned int offset, int value)
{
	const struct kmod_gpio_ops *ops = gpio_of(chip)->ops;

	if (ops->direction_output)
		return ask(chip, direction_output, offset, value);
	if (ops->get_direction && get_direction(chip, offset) != GPIO_LINE_DIRECTION_OUT)
		return -EIO;
	return set(chip, offset, value);
}

static struct kmod_gpio *allocate(const struct kmod_gpio_plan *plan)
{
	size_t size = struct_size((struct kmod_gpio *)NULL, names, plan->lines);
	struct kmod_gpio *gpio;
	unsigned int i;
	char *text;

	for (i = 0; i < plan->named; i++)
		if (plan->names[i])
			size += strlen(plan->names[i]) + 1;
	gpio = kzalloc(size, GFP_KERNEL);
	if (!gpio)
		return NULL;
	text = (char *)&gpio->names[plan->lines];
	for (i = 0; i < plan->named; i++) {
		if (!plan->names[i])
			continue;
		gpio->names[i] = text;
		strcpy(text, plan->names[i]);
		text += strlen(text) + 1;
	}
	return gpio;
}

#ifdef KMOD_COMPAT_GPIO_NAMES_BY_NODE

static int name_lines(struct kmod_gpio *gpio, unsigned int named)
{
	const struct property_entry properties[] = {
		PROPERTY_ENTRY_STRING_ARRAY_LEN("gpio-line-names", gpio->names, named),
		{ }
	};
	struct fwnode_handle *node;
	unsigned int i;

	/* Who looks for the chip by what firmware has of it is to find it. */
	if (dev_fwnode(gpio->chip.parent)) {
		gpio->chip.names = gpio->names;
		return 0;
	}
	for (i = 0; i < named; i++)
		if (!gpio->names[i])
			gpio->names[i] = "";
	/* It takes copies. */
	node = fwnode_create_software_node(properties, NULL);
	if (IS_ERR(node))
		return PTR_ERR(node);
	gpio->node = node;
	gpio->chip.fwnode = node;
	return 0;
}

#else

static int name_lines(struct kmod_gpio *gpio, unsigned int named)
{
	gpio->chip.names = gpio->names;
	return 0;
}

#endif

static void discard(struct kmod_gpio *gpio)
{
	if (gpio->node)
		fwnode_remove_software_node(gpio->node);
	kfree(gpio->chip.label);
	kfree(gpio);
}

static int add(struct kmod_gpio *gpio, const struct kmod_gpio_plan *plan)
{
	int ret;

	gpio->chip.label = kmod_class_name_make(&plan->name);
	if (!gpio->chip.label)
		return -ENOMEM;
	if (plan->named) {
		ret = name_lines(gpio, plan->named);
		if (ret)
			return ret;
	}
	return gpiochip_add_data(&gpio->chip, NULL);
}

struct kmod_gpio *kmod_gpio_make(struct device *parent, const struct kmod_gpio_plan *plan,
				 const struct kmod_gpio_ops *ops, void *data)
{
	struct kmod_gpio *gpio = allocate(plan);
	int ret;

	if (!gpio)
		return ERR_PTR(-ENOMEM);
	gpio->ops = ops;
	gpio->data = data;
	gpio->chip.parent = parent;
	gpio->chip.owner = THIS_MODULE;
	gpio->chip.base = -1;
	gpio->chip.ngpio = plan->lines;
	gpio->chip.can_sleep = plan->can_sleep;
	if (ops->request)
		gpio->chip.request = request;
	if (ops->free)
		gpio->chip.free = free_line;
	if (ops->get_direction)
		gpio->chip.get_direction = get_direction;
	gpio->chip.direction_input = direction_input;
	gpio->chip.direction_output = direction_output;
	if (ops->get)
		gpio->chip.get = get;
	gpio->chip.set = kmod_compat_gpio_set(set_void, set);
	kmod_class_door_open(&gpio->door);
	ret = add(gpio, plan);
	if (ret) {
		kmod_class_door_shut(&gpio->door);
		kmod_class_door_empty(&gpio->door);
		discard(gpio);
		return ERR_PTR(ret);
	}
	return gpio;
}

void kmod_gpio_shut(struct kmod_gpio *gpio)
{
	kmod_class_door_shut(&gpio->door);
}

#ifdef KMOD_COMPAT_GPIO_WAITS

void kmod_gpio_end(struct kmod_gpio *gpio)
{
	gpiochip_remove(&gpio->chip);
	kmod_class_door_empty(&gpio->door);
	discard(gpio);
}

#else

/*
 * The kernel's device for a chip is a part of its gpio_device, of which nobody says where; what begins before a
 * whole device would have ended from its start on can be nothing else.
 */
static int is_chip(struct device *device, void *chip)
{
	return (unsigned long)device - (unsigned long)((struct gpio_chip *)chip)->gpiodev <
	       sizeof(struct device);
}

/*
 * Who holds a line, or has /dev/gpiochipN open, may be about to call a function, and looks at the names; the kernel
 * neither waits for them nor tells of their end. They all hold the kernel's own device: while there is one, the chip
 * stays, with its door shut.
 */
void kmod_gpio_end(struct kmod_gpio *gpio)
{
	struct device *device = device_find_child(gpio->chip.parent, &gpio->chip, is_chip);
	bool held = true;

	gpiochip_remove(&gpio->chip);
	kmod_class_door_empty(&gpio->door);
	if (device) {
		/* It can be found no more: there are only fewer who have it. */
		held = kref_read(&device->kobj.kref) > 1;
		put_device(device);
	}
	/* With CONFIG_DEBUG_KOBJECT_RELEASE it is freed some seconds later, and nobody says when. */
	if (held || IS_ENABLED(CONFIG_DEBUG_KOBJECT_RELEASE))
		kmemleak_not_leak(gpio);
	else
		discard(gpio);
}

#endif

#endif
