/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_SPI_H
#define KMOD_COMPAT_SPI_H

#include <linux/spi/spi.h>

/* Since 5.18 remove() returns nothing: picks the function that fits. */
#define kmod_compat_spi_remove(number, nothing)						\
	_Generic(((struct spi_driver *)NULL)->remove,					\
		 int (*)(struct spi_device *): number,					\
		 void (*)(struct spi_device *): nothing)

/* The first chip select: the member itself, or, since 6.8, the first of several. */
#define kmod_compat_spi_chip_select(spi) (*(const u8 *)&(spi)->chip_select)

#endif
