/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_I2C_H
#define KMOD_COMPAT_I2C_H

#include <linux/i2c.h>

/* Since 6.3 probe() is not given the id that was found: picks the function that fits. */
#define kmod_compat_i2c_probe(id, nothing)						\
	_Generic(((struct i2c_driver *)NULL)->probe,					\
		 int (*)(struct i2c_client *, const struct i2c_device_id *): id,	\
		 int (*)(struct i2c_client *): nothing)

/* Since 6.1 remove() returns nothing. */
#define kmod_compat_i2c_remove(number, nothing)						\
	_Generic(((struct i2c_driver *)NULL)->remove,					\
		 int (*)(struct i2c_client *): number,					\
		 void (*)(struct i2c_client *): nothing)

#endif
