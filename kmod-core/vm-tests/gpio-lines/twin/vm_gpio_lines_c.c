// SPDX-License-Identifier: GPL-2.0-only
/* The board of vm_gpio_lines, in C. */
#include <linux/gpio/consumer.h>
#include <linux/gpio/machine.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/version.h>

static struct gpiod_lookup_table table = {
	.dev_id = "vm_gpio_lines_c",
	.table = {
		GPIO_LOOKUP("vm_lines", 0, "plain", GPIO_ACTIVE_HIGH),
		GPIO_LOOKUP("vm_lines", 1, "reset", GPIO_ACTIVE_LOW),
		GPIO_LOOKUP("vm_lines", 2, "button", GPIO_ACTIVE_HIGH),
		GPIO_LOOKUP("vm_lines", 3, "full", GPIO_ACTIVE_LOW),
		GPIO_LOOKUP_IDX("vm_lines", 4, "bus", 0, GPIO_ACTIVE_HIGH),
		GPIO_LOOKUP_IDX("vm_lines", 5, "bus", 1, GPIO_ACTIVE_HIGH),
		/* One without a name would be that of all names that are not there. */
		GPIO_LOOKUP("vm_lines", 6, "unnamed", GPIO_ACTIVE_HIGH),
		GPIO_LOOKUP("vm_lines", 7, "broken", GPIO_ACTIVE_HIGH),
		GPIO_LOOKUP("vm_lines_slow", 1, "slow", GPIO_ACTIVE_HIGH),
		{ }
	},
};

static struct gpio_desc *lines[10];

#define SLOW 8

static ssize_t lines_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	int i, at = 0;

	for (i = 0; i < ARRAY_SIZE(lines); i++)
		at += sprintf(buf + at, "%d ", gpiod_get_value_cansleep(lines[i]));
	return at + sprintf(buf + at, "\n");
}

static ssize_t lines_store(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count)
{
	unsigned int line, value;

	if (sscanf(buf, "%u %u", &line, &value) != 2 || line >= ARRAY_SIZE(lines))
		return -EINVAL;
	if (line == SLOW)
		gpiod_set_value_cansleep(lines[line], value);
	else
		gpiod_set_value(lines[line], value);
	return count;
}

static DEVICE_ATTR_RW(lines);

static atomic_t handled[2], threaded[2];
static bool seen;

static irqreturn_t handle(int irq, void *data)
{
	seen = gpiod_get_value(lines[2]);
	atomic_inc(&handled[0]);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int irq, void *data)
{
	atomic_inc(&threaded[(long)data]);
	return IRQ_HANDLED;
}

static ssize_t interrupts_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%d %d %d %d\n", atomic_read(&handled[0]), atomic_read(&threaded[0]),
		       seen, atomic_read(&threaded[1]));
}

static DEVICE_ATTR_RO(interrupts);

static int probe(struct platform_device *device)
{
	static const struct {
		const char *name;
		enum gpiod_flags flags;
		unsigned int index;
	} wanted[] = {
		{ "plain", GPIOD_OUT_LOW }, { "reset", GPIOD_OUT_HIGH }, { "button", GPIOD_IN },
		{ "full", GPIOD_IN }, { "bus", GPIOD_OUT_LOW }, { "bus", GPIOD_OUT_LOW, 1 },
		{ "unnamed", GPIOD_OUT_HIGH }, { "broken", GPIOD_IN }, { "slow", GPIOD_OUT_LOW },
		{ "maybe", GPIOD_OUT_LOW },
	};
	int i, ret;

	for (i = 0; i < 2; i++) {
		atomic_set(&handled[i], 0);
		atomic_set(&threaded[i], 0);
	}
	seen = false;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		if (i == 9)
			lines[i] = devm_gpiod_get_optional(&device->dev, wanted[i].name, wanted[i].flags);
		else
			lines[i] = devm_gpiod_get_index(&device->dev, wanted[i].name, wanted[i].index,
							wanted[i].flags);
		if (IS_ERR(lines[i]))
			return PTR_ERR(lines[i]);
	}
	ret = devm_request_threaded_irq(&device->dev, gpiod_to_irq(lines[2]), handle, thread,
					IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING, "button",
					(void *)0);
	if (!ret)
		ret = devm_request_threaded_irq(&device->dev, gpiod_to_irq(lines[3]), NULL, thread,
						IRQF_TRIGGER_FALLING | IRQF_ONESHOT, "full",
						(void *)1);
	if (!ret)
		ret = device_create_file(&device->dev, &dev_attr_interrupts);
	return ret ?: device_create_file(&device->dev, &dev_attr_lines);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
static void remove(struct platform_device *device)
{
	device_remove_file(&device->dev, &dev_attr_lines);
	device_remove_file(&device->dev, &dev_attr_interrupts);
}
#else
static int remove(struct platform_device *device)
{
	device_remove_file(&device->dev, &dev_attr_lines);
	device_remove_file(&device->dev, &dev_attr_interrupts);
	return 0;
}
#endif

static struct platform_driver driver = {
	.probe = probe,
	.remove = remove,
	.driver.name = "vm_gpio_lines_c",
};

static struct platform_device *device;

static int __init lines_init(void)
{
	int ret = platform_driver_register(&driver);

	if (ret)
		return ret;
	gpiod_add_lookup_table(&table);
	device = platform_device_register_simple("vm_gpio_lines_c", -1, NULL, 0);
	if (IS_ERR(device)) {
		gpiod_remove_lookup_table(&table);
		platform_driver_unregister(&driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit lines_exit(void)
{
	platform_device_unregister(device);
	gpiod_remove_lookup_table(&table);
	platform_driver_unregister(&driver);
}

module_init(lines_init);
module_exit(lines_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The board of vm_gpio_lines, in C");
