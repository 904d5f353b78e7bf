/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_GPIOD_H
#define KMOD_GPIOD_H

#include <linux/gpio/consumer.h>
#include <linux/pinctrl/pinconf-generic.h>

#include "../irq/helpers.h"

/* Which of a device's lines is asked for, and how it is to be had. */
struct kmod_gpiod_plan {
	const char *name; /* of its function, or NULL */
	const char *chip; /* the label of the one that has it if nobody else says so, or NULL */
	unsigned int line; /* of that chip */
	bool active_low; /* on that chip */
	bool output;
	bool high; /* an output is active from the beginning */
	bool optional;
	bool can_sleep; /* it may be of a chip that sleeps */
};

/*
 * The line of this index, of those of its name; NULL if an optional one is not there; or an ERR_PTR, of which the log
 * tells. The device's driver is being bound; it is unbound before that of the chip's device is. Sleeps.
 */
struct gpio_desc *kmod_gpiod_get(struct device *device, const struct kmod_gpiod_plan *plan,
				 unsigned int index);

/* Gives a line back. Sleeps. */
void kmod_gpiod_put(struct gpio_desc *desc);

/* 0, 1, or an errno. */
int kmod_gpiod_get_value(const struct gpio_desc *desc);
int kmod_gpiod_get_value_cansleep(const struct gpio_desc *desc);

/* 0, or an errno, of which kernels before 6.17 know none. */
int kmod_gpiod_set_value(struct gpio_desc *desc, int value);
int kmod_gpiod_set_value_cansleep(struct gpio_desc *desc, int value);

/* The same of several, a bit each: there are at most as many as `bits` has bits. */
int kmod_gpiod_get_array_value(unsigned int count, struct gpio_desc **descs, unsigned long *bits);
int kmod_gpiod_get_array_value_cansleep(unsigned int count, struct gpio_desc **descs,
					unsigned long *bits);
int kmod_gpiod_set_array_value(unsigned int count, struct gpio_desc **descs, unsigned long *bits);
int kmod_gpiod_set_array_value_cansleep(unsigned int count, struct gpio_desc **descs,
					unsigned long *bits);

/* 0, or an errno. A pin controller may sleep for them. */
int kmod_gpiod_direction_input(struct gpio_desc *desc);
int kmod_gpiod_direction_output(struct gpio_desc *desc, int value);
int kmod_gpiod_set_config(struct gpio_desc *desc, unsigned long config);

/* What a line can be told to be, in the low 8 bits of `config`; the others are an argument. */
enum {
	KMOD_GPIOD_BIAS_DISABLE = PIN_CONFIG_BIAS_DISABLE,
	KMOD_GPIOD_BIAS_PULL_UP = PIN_CONFIG_BIAS_PULL_UP,
	KMOD_GPIOD_BIAS_PULL_DOWN = PIN_CONFIG_BIAS_PULL_DOWN,
	KMOD_GPIOD_DRIVE_PUSH_PULL = PIN_CONFIG_DRIVE_PUSH_PULL,
	KMOD_GPIOD_DRIVE_OPEN_DRAIN = PIN_CONFIG_DRIVE_OPEN_DRAIN,
	KMOD_GPIOD_DRIVE_OPEN_SOURCE = PIN_CONFIG_DRIVE_OPEN_SOURCE,
	KMOD_GPIOD_INPUT_DEBOUNCE = PIN_CONFIG_INPUT_DEBOUNCE, /* us */
};

/* Has an input call them at edges of its level; its interrupt's line, or an errno. Sleeps. */
int kmod_gpiod_irq_request(struct device *device, struct gpio_desc *desc, bool rising, bool falling,
			   const struct kmod_irq_calls *calls);

#endif
