// SPDX-License-Identifier: GPL-2.0-only
/* The boards KMOD0C02 and KMOD0C03 of vm_gpio_lines, in C. */
#include <linux/gpio/consumer.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/platform_device.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 17, 0)
#define set_value(desc, value) gpiod_set_value_cansleep(desc, value)
#else
#define set_value(desc, value) ({ gpiod_set_value_cansleep(desc, value); 0; })
#endif

static struct gpio_desc *data, *back, *maybe, *bus[4], *some[3];
static unsigned long bits;
static int shown;

static int configure(struct gpio_desc *desc, unsigned int what, unsigned int argument)
{
	static const enum pin_config_param all[] = {
		PIN_CONFIG_BIAS_DISABLE, PIN_CONFIG_BIAS_PULL_UP, PIN_CONFIG_BIAS_PULL_DOWN,
		PIN_CONFIG_DRIVE_PUSH_PULL, PIN_CONFIG_DRIVE_OPEN_DRAIN,
		PIN_CONFIG_DRIVE_OPEN_SOURCE,
	};

	if (what == ARRAY_SIZE(all))
		return gpiod_set_debounce(desc, argument);
	return gpiod_set_config(desc, pinconf_to_config_packed(all[what], what == 1 || what == 2));
}

static ssize_t turn_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%d %lx\n", shown, bits);
}

/* A letter for what is to be done, one for the line, and numbers. */
static ssize_t turn_store(struct device *dev, struct device_attribute *attr, const char *buf,
			  size_t count)
{
	unsigned int what = 0, argument = 0;
	struct gpio_desc *desc;
	unsigned long read;
	char command, line;
	int ret;

	if (sscanf(buf, "%c%c %u %u", &command, &line, &what, &argument) < 2)
		return -EINVAL;
	desc = line == 'd' ? data : line == 'b' ? back : maybe;
	bits = what;
	switch (command) {
	case 'i':
		ret = gpiod_direction_input(desc);
		break;
	case 'o':
		ret = gpiod_direction_output(desc, what);
		break;
	case 's':
		ret = set_value(desc, what);
		break;
	case 'g':
		ret = gpiod_get_value_cansleep(desc);
		if (ret >= 0)
			shown = ret;
		break;
	case 'c':
		ret = configure(desc, what, argument);
		break;
	case 'A':
		ret = gpiod_set_array_value_cansleep(4, bus, NULL, &bits);
		break;
	case 'G':
		bits = 0;
		ret = gpiod_get_array_value_cansleep(4, bus, NULL, &bits);
		break;
	/* Those of three that are there. */
	case 'S':
		read = 0;
		ret = gpiod_get_array_value_cansleep(1, some, NULL, &read);
		if (!ret)
			ret = gpiod_set_array_value_cansleep(1, some, NULL, &bits);
		break;
	default:
		ret = -EINVAL;
	}
	return ret < 0 ? ret : count;
}

static DEVICE_ATTR_RW(turn);

static int probe(struct platform_device *device)
{
	int i;

	data = devm_gpiod_get(&device->dev, "data", GPIOD_IN);
	if (IS_ERR(data))
		return PTR_ERR(data);
	for (i = 0; i < ARRAY_SIZE(bus); i++) {
		bus[i] = devm_gpiod_get_index(&device->dev, "bus", i, GPIOD_OUT_LOW);
		if (IS_ERR(bus[i]))
			return PTR_ERR(bus[i]);
	}
	back = devm_gpiod_get(&device->dev, "back", GPIOD_IN);
	if (IS_ERR(back))
		return PTR_ERR(back);
	for (i = 0; i < ARRAY_SIZE(some); i++) {
		some[i] = devm_gpiod_get_index_optional(&device->dev, "some", i, GPIOD_OUT_LOW);
		if (IS_ERR(some[i]))
			return PTR_ERR(some[i]);
	}
	maybe = devm_gpiod_get_optional(&device->dev, "maybe", GPIOD_IN);
	if (IS_ERR(maybe))
		return PTR_ERR(maybe);
	return device_create_file(&device->dev, &dev_attr_turn);
}

static int nameless_probe(struct platform_device *device)
{
	struct gpio_desc *desc;
	int i;

	for (i = 0; i < 2; i++) {
		desc = devm_gpiod_get_index(&device->dev, NULL, i, GPIOD_OUT_HIGH);
		if (IS_ERR(desc))
			return PTR_ERR(desc);
	}
	return 0;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
static void remove(struct platform_device *device)
{
	device_remove_file(&device->dev, &dev_attr_turn);
}
#else
static int remove(struct platform_device *device)
{
	device_remove_file(&device->dev, &dev_attr_turn);
	return 0;
}
#endif

static const struct acpi_device_id ids[] = { { "KMOD0C02" }, {} };
static const struct acpi_device_id nameless_ids[] = { { "KMOD0C03" }, {} };

static struct platform_driver drivers[] = {
	{
		.probe = probe,
		.remove = remove,
		.driver = { .name = "vm_lines_turned_c", .acpi_match_table = ids },
	},
	{
		.probe = nameless_probe,
		.driver = { .name = "vm_lines_nameless_c", .acpi_match_table = nameless_ids },
	},
};

static int __init turned_init(void)
{
	int ret = platform_driver_register(&drivers[0]);

	if (ret)
		return ret;
	ret = platform_driver_register(&drivers[1]);
	if (ret)
		platform_driver_unregister(&drivers[0]);
	return ret;
}

static void __exit turned_exit(void)
{
	platform_driver_unregister(&drivers[1]);
	platform_driver_unregister(&drivers[0]);
}

module_init(turned_init);
module_exit(turned_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Boards whose lines firmware tells of, in C");
