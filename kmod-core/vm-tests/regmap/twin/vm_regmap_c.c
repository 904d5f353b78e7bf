// SPDX-License-Identifier: GPL-2.0-only
/* The drivers of the chips in C: their maps, and the commands. */
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/regmap.h>
#include <linux/spi/spi.h>
#include <linux/uaccess.h>
#include <linux/version.h>

/* Since 6.4 there is a better one, whose name the preprocessor does not see. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define CACHE REGCACHE_MAPLE
#else
#define CACHE REGCACHE_RBTREE
#endif

#define TABLE(name, ...)							\
	static const struct regmap_range name##_ranges[] = { __VA_ARGS__ };	\
	static const struct regmap_access_table name = {			\
		.yes_ranges = name##_ranges,					\
		.n_yes_ranges = ARRAY_SIZE(name##_ranges),			\
	}

#define R(first, last) regmap_reg_range(first, last)

/* Commands are not to be kept, so that they are among those that can be read, and precious. */
TABLE(byte_readable, R(0, 3), R(5, 7), R(0x10, 0x17), R(0x20, 0x20), R(0x22, 0x22), R(0x24, 0x24),
      R(0x26, 0x26), R(0x28, 0x2b), R(0x40, 0x40), R(0x42, 0x42), R(0x50, 0x50), R(0x52, 0x52));
TABLE(byte_writable, R(2, 4), R(6, 7), R(0x10, 0x17), R(0x20, 0x20), R(0x22, 0x22), R(0x24, 0x24),
      R(0x26, 0x26), R(0x40, 0x40), R(0x50, 0x50));
TABLE(byte_volatile, R(1, 1), R(3, 3), R(5, 7), R(0x28, 0x2b), R(0x42, 0x42), R(0x52, 0x52));
TABLE(byte_precious, R(3, 3), R(5, 5));

static const struct reg_default byte_defaults[] = {
	{ 0x02, 0x12 }, { 0x20, 3 }, { 0x22, 3 }, { 0x24, 3 }, { 0x26, 3 }, { 0x40, 1 }, { 0x50, 1 },
};

#define BYTES						\
	.reg_bits = 8, .val_bits = 8, .max_register = 0x7f,	\
	.rd_table = &byte_readable, .wr_table = &byte_writable,	\
	.volatile_table = &byte_volatile, .precious_table = &byte_precious

static const struct regmap_config byte_config = {
	BYTES,
	.reg_defaults = byte_defaults,
	.num_reg_defaults = ARRAY_SIZE(byte_defaults),
	.cache_type = CACHE,
};

static const struct regmap_config raw_config = {
	BYTES,
	.name = "raw",
	.use_single_read = true,
	.use_single_write = true,
};

TABLE(word_readable, R(0, 4), R(6, 6));
TABLE(word_writable, R(1, 4), R(6, 6));
TABLE(word_volatile, R(0, 0));

static const struct reg_default word_defaults[] = { { 1, 0x60a0 }, { 2, 0x4b00 }, { 3, 0x4b00 } };

#define WORDS							\
	.val_bits = 16, .max_register = 7,			\
	.rd_table = &word_readable, .wr_table = &word_writable,	\
	.volatile_table = &word_volatile,			\
	.reg_defaults = word_defaults,				\
	.num_reg_defaults = ARRAY_SIZE(word_defaults),		\
	.cache_type = CACHE, .val_format_endian = REGMAP_ENDIAN_BIG

static const struct regmap_config word_config = { WORDS, .reg_bits = 8 };

static const struct regmap_config spi_config = {
	WORDS,
	.reg_bits = 16,
	.pad_bits = 8,
	.read_flag_mask = 0x40,
	.write_flag_mask = 0x20,
};

static struct c_node {
	struct miscdevice misc;
	struct regmap *map, *raw;
	u8 answer[8];
	int answered;
} byte_node, word_node, spi_node;

static int keep(struct c_node *node, const void *bytes, int count)
{
	memcpy(node->answer, bytes, count);
	node->answered = count;
	return 0;
}

static int run_bytes(struct c_node *node, struct regmap *map, const char *op, unsigned int a,
		     unsigned int b)
{
	unsigned int value;
	u8 bytes[8];
	int error, i;

	if (!strcmp(op, "read")) {
		error = regmap_read(map, a, &value);
		bytes[0] = value;
		return error ?: keep(node, bytes, 1);
	}
	if (!strcmp(op, "write"))
		return regmap_write(map, a, (u8)b);
	if (!strcmp(op, "update"))
		return regmap_update_bits(map, 2, 0x71, (a ? 0x40 : 0x10) | !!b);
	if (!strcmp(op, "all"))
		return regmap_bulk_read(map, 0x10, bytes, 8) ?: keep(node, bytes, 8);
	if (!strcmp(op, "all_levels"))
		return regmap_bulk_read(map, 0x28, bytes, 4) ?: keep(node, bytes, 4);
	if (!strcmp(op, "all_gaps")) {
		for (i = 0; i < 4; i++) {
			error = regmap_read(map, 0x20 + 2 * i, &value);
			if (error)
				return error;
			bytes[i] = value;
		}
		return keep(node, bytes, 4);
	}
	if (!strcmp(op, "set_all")) {
		for (i = 0; i < 8; i++)
			bytes[i] = a + i;
		return regmap_bulk_write(map, 0x10, bytes, 8);
	}
	if (!strcmp(op, "set_gaps")) {
		for (i = 0, error = 0; i < 4 && !error; i++)
			error = regmap_write(map, 0x20 + 2 * i, (u8)(a + i));
		return error;
	}
	return -ENOTTY;
}

static int run_words(struct c_node *node, const char *op, unsigned int a, unsigned int b)
{
	u16 words[2] = { b, b + 1 };
	unsigned int value;
	int error;

	if (!strcmp(op, "read")) {
		error = regmap_read(node->map, a, &value);
		words[0] = cpu_to_be16(value);
		return error ?: keep(node, words, 2);
	}
	if (!strcmp(op, "write"))
		return regmap_write(node->map, a, b);
	if (!strcmp(op, "all")) {
		error = regmap_bulk_read(node->map, 2, words, 2);
		words[0] = cpu_to_be16(words[0]);
		words[1] = cpu_to_be16(words[1]);
		return error ?: keep(node, words, 4);
	}
	if (!strcmp(op, "set_all"))
		return regmap_bulk_write(node->map, 2, words, 2);
	return -ENOTTY;
}

static int run(struct c_node *node, const char *op, unsigned int a, unsigned int b)
{
	struct regmap *map = node->map;

	node->answered = 0;
	if (!strcmp(op, "only")) {
		regcache_cache_only(map, a);
		return 0;
	}
	if (!strcmp(op, "dirty")) {
		regcache_mark_dirty(map);
		return 0;
	}
	if (!strcmp(op, "sync"))
		return regcache_sync(map);
	if (!strcmp(op, "sleep")) {
		regcache_cache_only(map, true);
		regcache_mark_dirty(map);
		return 0;
	}
	if (!strcmp(op, "wake")) {
		regcache_cache_only(map, false);
		return regcache_sync(map);
	}
	if (!node->raw)
		return run_words(node, op, a, b);
	if (!strncmp(op, "raw_", 4))
		return run_bytes(node, node->raw, op + 4, a, b);
	return run_bytes(node, map, op, a, b);
}

static ssize_t c_write(struct file *file, const char __user *user, size_t length, loff_t *pos)
{
	struct c_node *node = container_of(file->private_data, struct c_node, misc);
	unsigned int a = 0, b = 0;
	char text[64] = {}, op[32];
	int error;

	if (length >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, length))
		return -EFAULT;
	if (sscanf(text, "%31s %i %i", op, &a, &b) < 1)
		return -EINVAL;
	error = run(node, op, a, b);
	return error ?: length;
}

static ssize_t c_read(struct file *file, char __user *user, size_t length, loff_t *pos)
{
	struct c_node *node = container_of(file->private_data, struct c_node, misc);
	char text[2 * sizeof(node->answer) + 1];
	int bytes = snprintf(text, sizeof(text), "%*phN", node->answered, node->answer);

	return simple_read_from_buffer(user, length, pos, text, node->answered ? bytes : 0);
}

static const struct file_operations c_fops = {
	.owner = THIS_MODULE,
	.read = c_read,
	.write = c_write,
};

static int make(struct c_node *node, const char *name)
{
	node->misc = (struct miscdevice) {
		.minor = MISC_DYNAMIC_MINOR,
		.name = name,
		.fops = &c_fops,
		.mode = 0666,
	};
	return misc_register(&node->misc);
}

static int byte_probe(struct i2c_client *client)
{
	byte_node.map = devm_regmap_init_i2c(client, &byte_config);
	if (IS_ERR(byte_node.map))
		return PTR_ERR(byte_node.map);
	byte_node.raw = devm_regmap_init_i2c(client, &raw_config);
	if (IS_ERR(byte_node.raw))
		return PTR_ERR(byte_node.raw);
	return make(&byte_node, "vm_regmap_c0");
}

static int word_probe(struct i2c_client *client)
{
	word_node.map = devm_regmap_init_i2c(client, &word_config);
	if (IS_ERR(word_node.map))
		return PTR_ERR(word_node.map);
	return make(&word_node, "vm_regmap_c_words0");
}

static int c_probe(struct i2c_client *client)
{
	return strcmp(client->name, "vm-regmap-bytes") ? word_probe(client) : byte_probe(client);
}

static int __maybe_unused c_probe_with_id(struct i2c_client *client, const struct i2c_device_id *id)
{
	return c_probe(client);
}

static int __maybe_unused c_probe_alone(struct i2c_client *client)
{
	return c_probe(client);
}

static void c_remove(struct i2c_client *client)
{
	if (strcmp(client->name, "vm-regmap-bytes"))
		misc_deregister(&word_node.misc);
	else
		misc_deregister(&byte_node.misc);
}

static int __maybe_unused c_remove_with_number(struct i2c_client *client)
{
	c_remove(client);
	return 0;
}

static void __maybe_unused c_remove_alone(struct i2c_client *client)
{
	c_remove(client);
}

static const struct i2c_device_id ids[] = {
	{ "vm-regmap-bytes", 0 },
	{ "vm-regmap-words", 0 },
	{}
};
MODULE_DEVICE_TABLE(i2c, ids);

static struct i2c_driver c_driver = {
	.driver = { .name = "vm_regmap_c" },
	.id_table = ids,
	.probe = _Generic(((struct i2c_driver *)NULL)->probe,
			  int (*)(struct i2c_client *): c_probe_alone,
			  int (*)(struct i2c_client *, const struct i2c_device_id *): c_probe_with_id),
	.remove = _Generic(((struct i2c_driver *)NULL)->remove,
			   void (*)(struct i2c_client *): c_remove_alone,
			   int (*)(struct i2c_client *): c_remove_with_number),
};

static int spi_probe(struct spi_device *spi)
{
	spi_node.map = devm_regmap_init_spi(spi, &spi_config);
	if (IS_ERR(spi_node.map))
		return PTR_ERR(spi_node.map);
	return make(&spi_node, "vm_regmap_c_spi0");
}

static int __maybe_unused spi_remove_with_number(struct spi_device *spi)
{
	misc_deregister(&spi_node.misc);
	return 0;
}

static void __maybe_unused spi_remove(struct spi_device *spi)
{
	misc_deregister(&spi_node.misc);
}

static const struct spi_device_id spi_ids[] = { { "vm-regmap-spi", 0 }, {} };
MODULE_DEVICE_TABLE(spi, spi_ids);

static struct spi_driver c_spi_driver = {
	.driver = { .name = "vm_regmap_c_spi" },
	.id_table = spi_ids,
	.probe = spi_probe,
	.remove = _Generic(((struct spi_driver *)NULL)->remove,
			   void (*)(struct spi_device *): spi_remove,
			   int (*)(struct spi_device *): spi_remove_with_number),
};

static int __init c_init(void)
{
	int error = i2c_add_driver(&c_driver);

	if (error)
		return error;
	error = spi_register_driver(&c_spi_driver);
	if (error)
		i2c_del_driver(&c_driver);
	return error;
}
module_init(c_init);

static void __exit c_exit(void)
{
	spi_unregister_driver(&c_spi_driver);
	i2c_del_driver(&c_driver);
}
module_exit(c_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Drivers of chips in C");
