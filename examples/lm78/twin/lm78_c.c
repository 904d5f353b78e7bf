// SPDX-License-Identifier: GPL-2.0-only
/* The LM78 behind its two ports, in C. */
#include <linux/hwmon.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/version.h>

#define BASE 0x295

enum {
	VOLTAGES = 0x20,
	TEMPERATURE = 0x27,
	TICKS = 0x28,
	HOT = 0x39,
	COOL = 0x3a,
	LIMITS = 0x3b,
	CONFIG = 0x40,
	DIVISORS = 0x47,
	MODEL = 0x49,
};

#define START 0x01
#define INITIALISE 0x80

/* Turns in a minute of a fan that ticks once. */
#define TURNS 1350000

static DEFINE_SPINLOCK(ports);
static struct platform_device *chip;
static struct device *hwmon;

static u8 get(u8 at)
{
	unsigned long flags;
	u8 value;

	spin_lock_irqsave(&ports, flags);
	outb(at, BASE);
	value = inb(BASE + 1);
	spin_unlock_irqrestore(&ports, flags);
	return value;
}

static void put(u8 at, u8 value)
{
	unsigned long flags;

	spin_lock_irqsave(&ports, flags);
	outb(at, BASE);
	outb(value, BASE + 1);
	spin_unlock_irqrestore(&ports, flags);
}

/* By what the clock of a fan is divided; the third one's by 2. */
static long divisor(int fan)
{
	u8 divisors = get(DIVISORS);

	switch (fan) {
	case 0:
		return 1 << (divisors >> 4 & 3);
	case 1:
		return 1 << (divisors >> 6);
	}
	return 2;
}

/* Turns in a minute: 0 for a fan that stands, or ticks more often than is counted. */
static long turns(int fan, u8 ticks)
{
	return ticks == 0 || ticks == 0xff ? 0 : TURNS / (ticks * divisor(fan));
}

static umode_t chip_is_visible(const void *data, enum hwmon_sensor_types type, u32 attr,
			       int channel)
{
	switch (type) {
	case hwmon_temp:
		return attr == hwmon_temp_input ? 0444 : 0644;
	case hwmon_fan:
		return attr == hwmon_fan_min ? 0644 : 0444;
	default:
		return 0444;
	}
}

static int chip_read(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		     long *value)
{
	switch (type) {
	case hwmon_in:
		*value = get(VOLTAGES + channel) * 16L;
		return 0;
	case hwmon_fan:
		if (attr == hwmon_fan_div)
			*value = divisor(channel);
		else
			*value = turns(channel, get((attr == hwmon_fan_input ? TICKS : LIMITS) +
						    channel));
		return 0;
	case hwmon_temp:
		*value = (s8)get(attr == hwmon_temp_max ? HOT :
				 attr == hwmon_temp_max_hyst ? COOL : TEMPERATURE) * 1000L;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int chip_write(struct device *device, enum hwmon_sensor_types type, u32 attr, int channel,
		      long value)
{
	u8 ticks = 0xff;

	if (type == hwmon_fan) {
		/* None at all has no alarm. */
		if (value > 0)
			ticks = clamp(TURNS / min(value, (long)TURNS) / divisor(channel), 1L, 254L);
		put(LIMITS + channel, ticks);
		return 0;
	}
	value = clamp(value, -127000L, 127000L);
	put(attr == hwmon_temp_max ? HOT : COOL, DIV_ROUND_CLOSEST(value, 1000));
	return 0;
}

static const struct hwmon_ops chip_ops = {
	.is_visible = chip_is_visible,
	.read = chip_read,
	.write = chip_write,
};

#define FAN (HWMON_F_INPUT | HWMON_F_MIN | HWMON_F_DIV)

static const struct hwmon_channel_info *chip_channels[] = {
	HWMON_CHANNEL_INFO(temp, HWMON_T_INPUT | HWMON_T_MAX | HWMON_T_MAX_HYST),
	HWMON_CHANNEL_INFO(in, HWMON_I_INPUT, HWMON_I_INPUT, HWMON_I_INPUT, HWMON_I_INPUT,
			   HWMON_I_INPUT, HWMON_I_INPUT, HWMON_I_INPUT),
	HWMON_CHANNEL_INFO(fan, FAN, FAN, FAN),
	NULL
};

static const struct hwmon_chip_info chip_info = {
	.ops = &chip_ops,
	.info = chip_channels,
};

static int chip_probe(struct platform_device *device)
{
	/* Nobody says what is at those ports. Where nothing is, all ones are read. */
	if (get(MODEL) >> 1 || get(CONFIG) & INITIALISE)
		return -ENODEV;
	put(CONFIG, get(CONFIG) | START);
	hwmon = hwmon_device_register_with_info(&device->dev, "lm78", NULL, &chip_info, NULL);
	return PTR_ERR_OR_ZERO(hwmon);
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
static int chip_remove(struct platform_device *device)
{
	hwmon_device_unregister(hwmon);
	return 0;
}
#else
static void chip_remove(struct platform_device *device)
{
	hwmon_device_unregister(hwmon);
}
#endif

static struct platform_driver chip_driver = {
	.driver.name = "lm78_c",
	.probe = chip_probe,
	.remove = chip_remove,
};

static int __init chip_begin(void)
{
	int error;

	if (!request_region(BASE, 2, "lm78_c"))
		return -EBUSY;
	error = platform_driver_register(&chip_driver);
	if (error)
		goto release;
	chip = platform_device_register_simple("lm78_c", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(chip))
		return 0;
	error = PTR_ERR(chip);
	platform_driver_unregister(&chip_driver);
release:
	release_region(BASE, 2);
	return error;
}
module_init(chip_begin);

static void __exit chip_end(void)
{
	platform_device_unregister(chip);
	platform_driver_unregister(&chip_driver);
	release_region(BASE, 2);
}
module_exit(chip_end);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Shows what an LM78 measures, in C");
