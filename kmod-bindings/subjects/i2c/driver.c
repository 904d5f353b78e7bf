// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "../../compat/i2c.h"

#include <linux/module.h>

/* A kernel without I2C declares nothing of it. */
#if IS_ENABLED(CONFIG_I2C)

static struct kmod_i2c_driver *driver_of(struct i2c_client *client)
{
	struct i2c_driver *driver = container_of(client->dev.driver, struct i2c_driver, driver);

	return container_of(driver, struct kmod_i2c_driver, driver);
}

static int probe(struct i2c_client *client)
{
	struct kmod_i2c_driver *driver = driver_of(client);
	const struct i2c_device_id *id = i2c_match_id(driver->driver.id_table, client);

	if (!id)
		return -ENODEV;
	return driver->calls->probe(&client->dev, driver->calls, id->driver_data);
}

static int __maybe_unused probe_with_id(struct i2c_client *client,
					const struct i2c_device_id *id)
{
	return probe(client);
}

static int __maybe_unused probe_with_nothing(struct i2c_client *client)
{
	return probe(client);
}

static void remove(struct i2c_client *client)
{
	struct kmod_i2c_driver *driver = driver_of(client);

	driver->calls->remove(&client->dev, driver->calls);
}

static int __maybe_unused remove_with_number(struct i2c_client *client)
{
	remove(client);
	return 0;
}

static void __maybe_unused remove_with_nothing(struct i2c_client *client)
{
	remove(client);
}

static void shutdown(struct i2c_client *client)
{
	driver_of(client)->calls->shutdown(&client->dev);
}

int kmod_i2c_driver_register(struct kmod_i2c_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct i2c_device_id *ids)
{
	ida_init(&calls->indices);
	memset(driver, 0, sizeof(*driver));
	driver->calls = calls;
	driver->driver.driver.name = name;
	driver->driver.id_table = ids;
	driver->driver.driver.pm = kmod_driver_pm(calls);
	driver->driver.probe = kmod_compat_i2c_probe(probe_with_id, probe_with_nothing);
	driver->driver.remove = kmod_compat_i2c_remove(remove_with_number, remove_with_nothing);
	if (calls->shutdown)
		driver->driver.shutdown = shutdown;
	return i2c_add_driver(&driver->driver);
}

void kmod_i2c_driver_unregister(struct kmod_i2c_driver *driver)
{
	i2c_del_driver(&driver->driver);
	ida_destroy(&driver->calls->indices);
}

#endif
