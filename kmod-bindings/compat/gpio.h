/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_GPIO_H
#define KMOD_COMPAT_GPIO_H

#include <linux/gpio/driver.h>

/* Since 6.17 set() returns an errno: picks the function that fits. */
#define kmod_compat_gpio_set(nothing, number)						\
	_Generic(((struct gpio_chip *)NULL)->set,					\
		 void (*)(struct gpio_chip *, unsigned int, int): nothing,		\
		 int (*)(struct gpio_chip *, unsigned int, int): number)

/*
 * Since 6.9 gpiochip_remove() waits for who calls the chip, and nobody looks at its names afterwards. This macro is
 * little older.
 */
#ifdef for_each_hwgpio
#define KMOD_COMPAT_GPIO_WAITS
#endif

/*
 * From about 5.13 to 6.8 a chip that has names is compared with all that the kernel knows, also with one that has gone
 * and is still open, of which it has only a NULL: it crashes. Names that a node has are not compared. The macro came
 * with the nodes of chips, or soon after.
 */
#if defined(for_each_gpiochip_node) && !defined(KMOD_COMPAT_GPIO_WAITS)
#define KMOD_COMPAT_GPIO_NAMES_BY_NODE
#endif

#endif
