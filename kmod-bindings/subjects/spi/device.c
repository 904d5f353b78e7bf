// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/spi.h"

/* A kernel without SPI has none of its functions. */
#if IS_ENABLED(CONFIG_SPI_MASTER)

#define CHANGED (SPI_CPHA | SPI_CPOL | SPI_LSB_FIRST | SPI_3WIRE | SPI_LOOP)

/* Two who set up a device at once do not mix. */
static DEFINE_MUTEX(setting);

struct spi_device *kmod_spi_device(struct device *device)
{
	return device->bus == &spi_bus_type ? to_spi_device(device) : NULL;
}

unsigned int kmod_spi_chip_select(const struct spi_device *spi)
{
	return kmod_compat_spi_chip_select(spi);
}

const char *kmod_spi_name(const struct spi_device *spi)
{
	return spi->modalias;
}

int kmod_spi_setup(struct spi_device *spi, const struct kmod_spi_settings *settings)
{
	u32 changed = settings->changed & CHANGED;
	u32 mode, speed;
	u8 bits;
	int error;

	/* A controller that says nothing of its words is given whatever is asked for. */
	if (settings->bits > 32)
		return -EINVAL;
	mutex_lock(&setting);
	mode = spi->mode;
	speed = spi->max_speed_hz;
	bits = spi->bits_per_word;
	spi->mode = (mode & ~changed) | (settings->mode & changed);
	if (settings->speed)
		spi->max_speed_hz = settings->speed;
	if (settings->bits)
		spi->bits_per_word = settings->bits;
	error = spi_setup(spi);
	if (error) {
		spi->mode = mode;
		spi->max_speed_hz = speed;
		spi->bits_per_word = bits;
	}
	mutex_unlock(&setting);
	return error;
}

void kmod_spi_settings(const struct spi_device *spi, struct kmod_spi_settings *settings)
{
	mutex_lock(&setting);
	*settings = (struct kmod_spi_settings) {
		.mode = spi->mode & CHANGED,
		.changed = CHANGED,
		.speed = spi->max_speed_hz,
		.bits = spi->bits_per_word,
	};
	mutex_unlock(&setting);
}

size_t kmod_spi_max_transfer(struct spi_device *spi)
{
	return spi_max_transfer_size(spi);
}

size_t kmod_spi_max_message(struct spi_device *spi)
{
	return spi_max_message_size(spi);
}

#endif
