// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/spi.h"

/* A kernel without SPI has none of its functions. */
#if IS_ENABLED(CONFIG_SPI_MASTER)

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

size_t kmod_spi_max_transfer(struct spi_device *spi)
{
	return spi_max_transfer_size(spi);
}

size_t kmod_spi_max_message(struct spi_device *spi)
{
	return spi_max_message_size(spi);
}

#endif
