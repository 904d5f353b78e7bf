/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SPI_SETTING_H
#define KMOD_SPI_SETTING_H

/* For who talks to devices by what does not ask for itself: between the two, none is set up. Sleeps. */
void kmod_spi_begin_talking(void);
void kmod_spi_end_talking(void);

#endif
