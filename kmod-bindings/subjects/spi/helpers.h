/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_SPI_H
#define KMOD_SPI_H

#include <linux/spi/spi.h>

#include "../driver/helpers.h"

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_spi_driver {
	struct spi_driver driver;
	struct kmod_driver_calls *calls;
};

int kmod_spi_driver_register(struct kmod_spi_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct spi_device_id *ids);
void kmod_spi_driver_unregister(struct kmod_spi_driver *driver);

struct spi_device *kmod_spi_device(struct device *device); /* or NULL, if it is on another bus */
unsigned int kmod_spi_chip_select(const struct spi_device *spi);
const char *kmod_spi_name(const struct spi_device *spi);

/* The bits of a mode that a driver decides; the others are the board's. */
enum {
	KMOD_SPI_CPHA = SPI_CPHA,
	KMOD_SPI_CPOL = SPI_CPOL,
	KMOD_SPI_LSB_FIRST = SPI_LSB_FIRST,
	KMOD_SPI_3WIRE = SPI_3WIRE,
	KMOD_SPI_LOOP = SPI_LOOP,
};

/* How a device is talked to. */
struct kmod_spi_settings {
	u32 mode; /* the bits above */
	u32 changed; /* which of them are to be as in `mode` */
	u32 speed; /* Hz; 0 for what it was */
	u8 bits; /* of a word, 1 to 32; 0 for what it was */
};

/* All as it was if there is an errno. */
int kmod_spi_setup(struct spi_device *spi, const struct kmod_spi_settings *settings);
void kmod_spi_settings(const struct spi_device *spi, struct kmod_spi_settings *settings);

size_t kmod_spi_max_transfer(struct spi_device *spi);
size_t kmod_spi_max_message(struct spi_device *spi);

/* Of a message. */
struct kmod_spi_transfer {
	const void *from; /* or NULL */
	void *to; /* or NULL; both are kmod_spi_buffer()'s */
	size_t length;
	u32 speed; /* Hz; 0 for the device's */
	u32 delay; /* ns */
	u32 cs_delay; /* ns; 0 for the kernel's own */
	u32 word_delay; /* ns */
	u8 bits; /* of a word, 1 to 32; 0 for the device's */
	bool cs_change;
};

/* Memory that a controller can use, all zeroes; or NULL. To be freed by kfree(). */
void *kmod_spi_buffer(size_t bytes);

/* How many bytes the controller says that it has moved is put into `moved`, also if there is an errno. */
int kmod_spi_message(struct spi_device *spi, const struct kmod_spi_transfer *transfers, size_t count,
		     size_t *moved);

/* Bytes to the device, then bytes from it, which may be anywhere; either may be none, and is left out then. */
int kmod_spi_write_then_read(struct spi_device *spi, const void *from, size_t sent, void *to,
			     size_t received);

#endif
