// SPDX-License-Identifier: GPL-2.0-only
/* The chips of vm_gpio, in C. */
#include <linux/delay.h>
#include <linux/gpio/driver.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/version.h>

static atomic_t held;
static unsigned long high, outputs, relays;

static int seen_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%d %#lx %#lx\n", atomic_read(&held), high, outputs);
}

static const struct kernel_param_ops seen_ops = { .get = seen_get };
module_param_cb(seen, &seen_ops, NULL, 0444);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
#define SET_TYPE int
#define SET_RETURN return 0
#else
#define SET_TYPE void
#define SET_RETURN return
#endif

static int request(struct gpio_chip *chip, unsigned int offset)
{
	if (offset == 5)
		return -EPERM;
	atomic_inc(&held);
	return 0;
}

static void free_line(struct gpio_chip *chip, unsigned int offset)
{
	atomic_dec(&held);
}

static int get_direction(struct gpio_chip *chip, unsigned int offset)
{
	return test_bit(offset, &outputs) ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int direction_input(struct gpio_chip *chip, unsigned int offset)
{
	clear_bit(offset, &outputs);
	return 0;
}

static int direction_output(struct gpio_chip *chip, unsigned int offset, int value)
{
	if (offset == 6)
		return -EIO;
	assign_bit(offset, &high, value);
	set_bit(offset, &outputs);
	return 0;
}

static int get(struct gpio_chip *chip, unsigned int offset)
{
	if (offset == 7)
		return -EIO;
	return test_bit(offset, &high);
}

static SET_TYPE set(struct gpio_chip *chip, unsigned int offset, int value)
{
	assign_bit(offset, &high, value);
	SET_RETURN;
}

static const char *const names[8] = { "vm-c-one", NULL, "vm-c-three" };

static struct gpio_chip all = {
	.label = "vm_gpio_c",
	.owner = THIS_MODULE,
	.base = -1,
	.ngpio = 8,
	.names = names,
	.request = request,
	.free = free_line,
	.get_direction = get_direction,
	.direction_input = direction_input,
	.direction_output = direction_output,
	.get = get,
	.set = set,
};

static int in_direction(struct gpio_chip *chip, unsigned int offset)
{
	return GPIO_LINE_DIRECTION_IN;
}

static int in_get(struct gpio_chip *chip, unsigned int offset)
{
	return offset == 1;
}

static struct gpio_chip inputs = {
	.label = "vm_gpio_c_in",
	.owner = THIS_MODULE,
	.base = -1,
	.ngpio = 2,
	.get_direction = in_direction,
	.get = in_get,
};

static int out_direction(struct gpio_chip *chip, unsigned int offset)
{
	return GPIO_LINE_DIRECTION_OUT;
}

static int out_get(struct gpio_chip *chip, unsigned int offset)
{
	fsleep(1000);
	return test_bit(offset, &relays);
}

static SET_TYPE out_set(struct gpio_chip *chip, unsigned int offset, int value)
{
	fsleep(1000);
	assign_bit(offset, &relays, value);
	SET_RETURN;
}

static struct gpio_chip relay = {
	.label = "vm_gpio_c_out",
	.owner = THIS_MODULE,
	.base = -1,
	.ngpio = 2,
	.can_sleep = true,
	.get_direction = out_direction,
	.get = out_get,
	.set = out_set,
};

static int plain_input(struct gpio_chip *chip, unsigned int offset)
{
	return 0;
}

static int plain_get(struct gpio_chip *chip, unsigned int offset)
{
	return 1;
}

static struct gpio_chip plain = {
	.label = "vm_gpio_c_plain",
	.owner = THIS_MODULE,
	.base = -1,
	.ngpio = 1,
	.direction_input = plain_input,
	.get = plain_get,
};

static struct gpio_chip *const chips[] = { &all, &inputs, &relay, &plain };

static int probe(struct platform_device *device)
{
	int i, ret;

	for (i = 0; i < ARRAY_SIZE(chips); i++) {
		chips[i]->parent = &device->dev;
		ret = devm_gpiochip_add_data(&device->dev, chips[i], NULL);
		if (ret)
			return ret;
	}
	return 0;
}

static struct platform_driver driver = {
	.probe = probe,
	.driver.name = "vm_gpio_c",
};

static struct platform_device *device;

static int __init vm_gpio_c_init(void)
{
	int ret = platform_driver_register(&driver);

	if (ret)
		return ret;
	device = platform_device_register_simple("vm_gpio_c", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit vm_gpio_c_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
}

module_init(vm_gpio_c_init);
module_exit(vm_gpio_c_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The chips of vm_gpio, in C");
