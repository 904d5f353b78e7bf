/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_GPIO_H
#define KMOD_GPIO_H

#include <linux/gpio/driver.h>

#include "../class/helpers.h"

/*
 * What a chip's lines do. Each gets the chip's data and a line's number; what it has not is NULL.
 * There is get_direction(), or direction_input(), or both.
 */
struct kmod_gpio_ops {
	int (*request)(void *data, unsigned int offset);
	void (*free)(void *data, unsigned int offset);
	int (*get_direction)(void *data, unsigned int offset);
	int (*direction_input)(void *data, unsigned int offset);
	int (*direction_output)(void *data, unsigned int offset, int value);
	int (*get)(void *data, unsigned int offset);
	int (*set)(void *data, unsigned int offset, int value);
};

/* What a chip is. The names are those of the first lines, each may be NULL. */
struct kmod_gpio_plan {
	struct kmod_class_name name;
	const char *const *names;
	unsigned int named;
	unsigned int lines;
	bool can_sleep;
};

struct kmod_gpio;

/* Registers a chip below "parent", or gives an ERR_PTR. The functions stay. */
struct kmod_gpio *kmod_gpio_make(struct device *parent, const struct kmod_gpio_plan *plan,
				 const struct kmod_gpio_ops *ops, void *data);

/* No function is called any more, but those that run. */
void kmod_gpio_shut(struct kmod_gpio *gpio);

/* Takes it back, and waits for its functions. Sleeps. After kmod_gpio_shut(). */
void kmod_gpio_end(struct kmod_gpio *gpio);

#define KMOD_GPIO_OUT 0
#define KMOD_GPIO_IN 1

#endif
