// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

/* A kernel without I2C declares nothing of it. */
#if IS_ENABLED(CONFIG_I2C)

struct i2c_client *kmod_i2c_client(struct device *device)
{
	return i2c_verify_client(device);
}

unsigned int kmod_i2c_address(const struct i2c_client *client)
{
	return client->addr;
}

const char *kmod_i2c_name(const struct i2c_client *client)
{
	return client->name;
}

s32 kmod_i2c_quick(const struct i2c_client *client, bool read)
{
	return i2c_smbus_xfer(client->adapter, client->addr, client->flags,
			      read ? I2C_SMBUS_READ : I2C_SMBUS_WRITE, 0, I2C_SMBUS_QUICK, NULL);
}

s32 kmod_i2c_read_byte(const struct i2c_client *client)
{
	return i2c_smbus_read_byte(client);
}

s32 kmod_i2c_write_byte(const struct i2c_client *client, u8 value)
{
	return i2c_smbus_write_byte(client, value);
}

s32 kmod_i2c_read_byte_data(const struct i2c_client *client, u8 command)
{
	return i2c_smbus_read_byte_data(client, command);
}

s32 kmod_i2c_write_byte_data(const struct i2c_client *client, u8 command, u8 value)
{
	return i2c_smbus_write_byte_data(client, command, value);
}

s32 kmod_i2c_read_word_data(const struct i2c_client *client, u8 command)
{
	return i2c_smbus_read_word_data(client, command);
}

s32 kmod_i2c_write_word_data(const struct i2c_client *client, u8 command, u16 value)
{
	return i2c_smbus_write_word_data(client, command, value);
}

s32 kmod_i2c_process_call(const struct i2c_client *client, u8 command, u16 value)
{
	union i2c_smbus_data data = { .word = value };
	s32 error = i2c_smbus_xfer(client->adapter, client->addr, client->flags, I2C_SMBUS_WRITE,
				   command, I2C_SMBUS_PROC_CALL, &data);

	return error < 0 ? error : data.word;
}

/* The kernel's own functions copy as many bytes as the adapter says that there are. */
static s32 read_block(const struct i2c_client *client, int protocol, u8 command, u8 *to, u8 bytes)
{
	union i2c_smbus_data data = { .block = { bytes } };
	s32 error = i2c_smbus_xfer(client->adapter, client->addr, client->flags, I2C_SMBUS_READ,
				   command, protocol, &data);

	if (error < 0)
		return error;
	if (data.block[0] > I2C_SMBUS_BLOCK_MAX)
		return -EPROTO;
	memcpy(to, data.block + 1, min(bytes, data.block[0]));
	return data.block[0];
}

s32 kmod_i2c_read_block(const struct i2c_client *client, u8 command, u8 *to, u8 bytes)
{
	return read_block(client, I2C_SMBUS_BLOCK_DATA, command, to, bytes);
}

s32 kmod_i2c_read_bytes(const struct i2c_client *client, u8 command, u8 *to, u8 bytes)
{
	return read_block(client, I2C_SMBUS_I2C_BLOCK_DATA, command, to, bytes);
}

s32 kmod_i2c_write_block(const struct i2c_client *client, u8 command, const u8 *from, u8 bytes)
{
	return i2c_smbus_write_block_data(client, command, bytes, from);
}

s32 kmod_i2c_write_bytes(const struct i2c_client *client, u8 command, const u8 *from, u8 bytes)
{
	return i2c_smbus_write_i2c_block_data(client, command, bytes, from);
}

int kmod_i2c_transfer(const struct i2c_client *client, const u8 *from, u16 sent, u8 *to,
		      u16 received)
{
	u16 flags = client->flags & I2C_M_TEN;
	struct i2c_msg messages[2];
	int count = 0, done;

	if (sent)
		messages[count++] = (struct i2c_msg) {
			.addr = client->addr,
			.flags = flags,
			.len = sent,
			.buf = (u8 *)from,
		};
	if (received)
		messages[count++] = (struct i2c_msg) {
			.addr = client->addr,
			.flags = flags | I2C_M_RD,
			.len = received,
			.buf = to,
		};
	if (!count)
		return -EINVAL;
	done = i2c_transfer(client->adapter, messages, count);
	if (done < 0)
		return done;
	return done == count ? 0 : -EIO;
}

#endif
