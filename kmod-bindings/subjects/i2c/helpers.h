/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_I2C_H
#define KMOD_I2C_H

#include <linux/i2c.h>

#include "../driver/helpers.h"

/* A driver, with what its functions of one form on all kernels are. */
struct kmod_i2c_driver {
	struct i2c_driver driver;
	struct kmod_driver_calls *calls;
};

int kmod_i2c_driver_register(struct kmod_i2c_driver *driver, struct kmod_driver_calls *calls,
			     const char *name, const struct i2c_device_id *ids);
void kmod_i2c_driver_unregister(struct kmod_i2c_driver *driver);

struct i2c_client *kmod_i2c_client(struct device *device); /* or NULL, if it is on another bus */
unsigned int kmod_i2c_address(const struct i2c_client *client);
const char *kmod_i2c_name(const struct i2c_client *client);

/* SMBus: what was read, or an errno. Blocks have up to I2C_SMBUS_BLOCK_MAX bytes. */
s32 kmod_i2c_quick(const struct i2c_client *client, bool read);
s32 kmod_i2c_read_byte(const struct i2c_client *client);
s32 kmod_i2c_write_byte(const struct i2c_client *client, u8 value);
s32 kmod_i2c_read_byte_data(const struct i2c_client *client, u8 command);
s32 kmod_i2c_write_byte_data(const struct i2c_client *client, u8 command, u8 value);
s32 kmod_i2c_read_word_data(const struct i2c_client *client, u8 command);
s32 kmod_i2c_write_word_data(const struct i2c_client *client, u8 command, u16 value);
s32 kmod_i2c_process_call(const struct i2c_client *client, u8 command, u16 value);
s32 kmod_i2c_read_block(const struct i2c_client *client, u8 command, u8 *to, u8 bytes);
s32 kmod_i2c_write_block(const struct i2c_client *client, u8 command, const u8 *from, u8 bytes);
/* The same without a count on the bus. */
s32 kmod_i2c_read_bytes(const struct i2c_client *client, u8 command, u8 *to, u8 bytes);
s32 kmod_i2c_write_bytes(const struct i2c_client *client, u8 command, const u8 *from, u8 bytes);

/* A message to the device, and one from it; either may have no bytes, and is left out then. */
int kmod_i2c_transfer(const struct i2c_client *client, const u8 *from, u16 sent, u8 *to,
		      u16 received);

#endif
