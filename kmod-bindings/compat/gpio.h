/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_GPIO_H
#define KMOD_COMPAT_GPIO_H

#include <linux/gpio/consumer.h>
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
 * Looks at all chips that there are, of which none goes meanwhile: of a chip that does, gpiochip_remove() waits for who
 * looks, by the lock of the list, or since 6.9 by SRCU. The function that is given returns 0.
 */
#ifdef KMOD_COMPAT_GPIO_WAITS
#define kmod_compat_gpio_const const
#define kmod_compat_gpio_visit(data, look) ((void)gpio_device_find(data, look))
#else
#define kmod_compat_gpio_const
#define kmod_compat_gpio_visit(data, look) ((void)gpiochip_find(data, look))
#endif

/* Since 6.17 gpiod_set_value() and the other one return an errno. */
#define kmod_compat_gpiod_set(set, desc, value)						\
	__builtin_choose_expr(								\
		__builtin_types_compatible_p(__typeof__(set(desc, value)), void),	\
		({ set(desc, value); 0; }), set(desc, value))

/*
 * From about 5.13 to 6.8 a chip that has names is compared with all that the kernel knows, also with one that has gone
 * and is still open, of which it has only a NULL: it crashes. Names that a node has are not compared. The macro came
 * with the nodes of chips, or soon after.
 */
#if defined(for_each_gpiochip_node) && !defined(KMOD_COMPAT_GPIO_WAITS)
#define KMOD_COMPAT_GPIO_NAMES_BY_NODE
#endif

#endif
