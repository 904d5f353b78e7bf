// SPDX-License-Identifier: GPL-2.0-only
/*
 * A chip that ACPI tells of, KMOD0C01, which says what is asked of it. It can read and set several of its lines at once,
 * pulls them up and down, and debounces them.
 */
#include <linux/gpio/driver.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/version.h>

#define LINES 9

static DEFINE_SPINLOCK(lock);
static unsigned long high, outputs;
static char said[2048];
static size_t length;

/* Of whoever asks for something, but to give a line back. */
static int fail;
module_param(fail, int, 0644);

static bool can_sleep;
module_param(can_sleep, bool, 0);

/* Has no functions for several lines. */
static bool one_by_one;
module_param(one_by_one, bool, 0);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
#define SET_TYPE int
#define SET_RETURN(value) return value
#else
#define SET_TYPE void
#define SET_RETURN(value) return
#endif

static __printf(1, 2) void say(const char *format, ...)
{
	unsigned long flags;
	va_list args;

	spin_lock_irqsave(&lock, flags);
	va_start(args, format);
	length += vscnprintf(said + length, sizeof(said) - length, format, args);
	va_end(args);
	spin_unlock_irqrestore(&lock, flags);
}

static int said_get(char *buffer, const struct kernel_param *param)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&lock, flags);
	ret = sprintf(buffer, "%.*s\n", (int)length, said);
	length = 0;
	spin_unlock_irqrestore(&lock, flags);
	return ret;
}

static const struct kernel_param_ops said_ops = { .get = said_get };
module_param_cb(said, &said_ops, NULL, 0444);

/* What is at the other ends. */
static int levels_set(const char *text, const struct kernel_param *param)
{
	return kstrtoul(text, 0, &high);
}

static const struct kernel_param_ops levels_ops = { .set = levels_set };
module_param_cb(levels, &levels_ops, NULL, 0200);

static int get_direction(struct gpio_chip *chip, unsigned int offset)
{
	return test_bit(offset, &outputs) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int direction_input(struct gpio_chip *chip, unsigned int offset)
{
	say("in %u; ", offset);
	if (fail)
		return fail;
	clear_bit(offset, &outputs);
	return 0;
}

static int direction_output(struct gpio_chip *chip, unsigned int offset, int value)
{
	say("out %u %d; ", offset, value);
	if (fail)
		return fail;
	assign_bit(offset, &high, value);
	set_bit(offset, &outputs);
	return 0;
}

static int get(struct gpio_chip *chip, unsigned int offset)
{
	say("get %u; ", offset);
	return fail ?: test_bit(offset, &high);
}

static int get_multiple(struct gpio_chip *chip, unsigned long *mask, unsigned long *bits)
{
	say("get %#lx; ", *mask);
	if (fail)
		return fail;
	*bits = high & *mask;
	return 0;
}

static SET_TYPE set(struct gpio_chip *chip, unsigned int offset, int value)
{
	say("set %u %d; ", offset, value);
	if (fail)
		SET_RETURN(fail);
	assign_bit(offset, &high, value);
	SET_RETURN(0);
}

static SET_TYPE set_multiple(struct gpio_chip *chip, unsigned long *mask, unsigned long *bits)
{
	say("set %#lx %#lx; ", *mask, *bits & *mask);
	if (fail)
		SET_RETURN(fail);
	high = (high & ~*mask) | (*bits & *mask);
	SET_RETURN(0);
}

static const char *called(enum pin_config_param parameter)
{
	switch (parameter) {
	case PIN_CONFIG_BIAS_DISABLE:
		return "no bias";
	case PIN_CONFIG_BIAS_PULL_UP:
		return "up";
	case PIN_CONFIG_BIAS_PULL_DOWN:
		return "down";
	case PIN_CONFIG_INPUT_DEBOUNCE:
		return "debounce";
	case PIN_CONFIG_DRIVE_PUSH_PULL:
		return "push pull";
	case PIN_CONFIG_DRIVE_OPEN_DRAIN:
		return "open drain";
	case PIN_CONFIG_DRIVE_OPEN_SOURCE:
		return "open source";
	default:
		return "?";
	}
}

static int set_config(struct gpio_chip *chip, unsigned int offset, unsigned long config)
{
	enum pin_config_param parameter = pinconf_to_config_param(config);

	say("%s %u %u; ", called(parameter), offset, pinconf_to_config_argument(config));
	if (fail)
		return fail;
	/* It does not know how to drive one way only. */
	return parameter == PIN_CONFIG_DRIVE_OPEN_SOURCE ? -ENOTSUPP : 0;
}

static int probe(struct platform_device *device)
{
	static struct gpio_chip chip;

	chip = (struct gpio_chip){
		.label = "vm_turns",
		.parent = &device->dev,
		.owner = THIS_MODULE,
		.base = -1,
		.ngpio = LINES,
		.can_sleep = can_sleep,
		.get_direction = get_direction,
		.direction_input = direction_input,
		.direction_output = direction_output,
		.get = get,
		.get_multiple = one_by_one ? NULL : get_multiple,
		.set = set,
		.set_multiple = one_by_one ? NULL : set_multiple,
		.set_config = set_config,
	};
	high = outputs = 0;
	return devm_gpiochip_add_data(&device->dev, &chip, NULL);
}

static const struct acpi_device_id ids[] = { { "KMOD0C01" }, {} };

static struct platform_driver turns = {
	.probe = probe,
	.driver = { .name = "vm_gpio_lines_turns", .acpi_match_table = ids },
};

module_platform_driver(turns);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A chip that firmware tells of");
