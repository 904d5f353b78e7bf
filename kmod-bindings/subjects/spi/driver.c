// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/spi.h"

#include <linux/module.h>

/* A kernel without SPI has no drivers for it. */
#if IS_ENABLED(CONFIG_SPI_MASTER)

static struct kmod_spi_driver *driver_of(struct spi_device *spi)
{
	struct spi_driver *driver = container_of(spi->dev.driver, struct spi_driver, driver);

	return container_of(driver, struct kmod_spi_driver, driver);
}

static int probe(struct spi_device *spi)
{
	struct kmod_spi_driver *driver = driver_of(spi);
	const struct spi_device_id *id = spi_get_device_id(spi);

	/* It may be bound by another name, by `driver_override` in sysfs. */
	if (!id)
		return -ENODEV;
	return driver->calls->probe(&spi->dev, driver->calls, id->driver_data);
}

static void remove(struct spi_device *spi)
{
	struct kmod_spi_driver *driver = driver_of(spi);

	driver->calls->remove(&spi->dev, driver->calls);
}

static int __maybe_unused remove_with_number(struct spi_device *spi)
{
	remove(spi);
	return 0;
}

static void __maybe_unused remove_with_nothing(struct spi_device *spi)
{
	remove(spi);
}

static void shutdown(struct spi_device *spi)
{
	driver_of(spi)->calls->shutdown(&spi->dev);
}

int kmod_spi_driver_register(struct kmod_spi_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct spi_device_id *ids)
{
	ida_init(&calls->indices);
	memset(driver, 0, sizeof(*driver));
	driver->calls = calls;
	driver->driver.driver.name = name;
	driver->driver.id_table = ids;
	driver->driver.driver.pm = kmod_driver_pm(calls);
	driver->driver.probe = probe;
	driver->driver.remove = kmod_compat_spi_remove(remove_with_number, remove_with_nothing);
	if (calls->shutdown)
		driver->driver.shutdown = shutdown;
	return spi_register_driver(&driver->driver);
}

void kmod_spi_driver_unregister(struct kmod_spi_driver *driver)
{
	spi_unregister_driver(&driver->driver);
	ida_destroy(&driver->calls->indices);
}

#endif
