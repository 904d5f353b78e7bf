// SPDX-License-Identifier: GPL-2.0-only
#include "map.h"

#include <linux/debugfs.h>
#include <linux/slab.h>

#include "../../compat/regmap.h"

/* A kernel without maps of registers has none of its functions. */
#if IS_ENABLED(CONFIG_REGMAP)

/* In the order of struct kmod_regmap_plan. */
enum { READABLE, WRITABLE, CHANGING, PRECIOUS, TABLES };

struct kmod_regmap {
	struct regmap *map;
	struct mutex lock;
	struct regmap_access_table tables[TABLES];
	char *folder; /* the name of its folder in debugfs, if that is its own */
	bool cached;
};

static_assert(sizeof(struct kmod_regmap_range) == sizeof(struct regmap_range));
static_assert(offsetof(struct kmod_regmap_range, first) == offsetof(struct regmap_range, range_min));
static_assert(offsetof(struct kmod_regmap_range, last) == offsetof(struct regmap_range, range_max));
static_assert(sizeof(struct kmod_regmap_default) == sizeof(struct reg_default));
static_assert(offsetof(struct kmod_regmap_default, reg) == offsetof(struct reg_default, reg));
static_assert(offsetof(struct kmod_regmap_default, value) == offsetof(struct reg_default, def));

/* To the kernel a table without ranges is one of all registers. */
static const struct regmap_range all = { .range_min = 0, .range_max = UINT_MAX };

static struct regmap_access_table table(const struct kmod_regmap_ranges *ranges)
{
	if (!ranges->count)
		return (struct regmap_access_table) { .no_ranges = &all, .n_no_ranges = 1 };
	return (struct regmap_access_table) {
		.yes_ranges = (const struct regmap_range *)ranges->ranges,
		.n_yes_ranges = ranges->count,
	};
}

/* A folder of this name in debugfs, held, or NULL. */
static struct dentry *look_up(const char *name)
{
	struct dentry *root = debugfs_lookup("regmap", NULL), *folder;

	if (IS_ERR_OR_NULL(root))
		return NULL;
	folder = debugfs_lookup(name, root);
	dput(root);
	return IS_ERR(folder) ? NULL : folder;
}

/*
 * regmap_exit() frees the cache before it takes the files in debugfs away, and who reads one of them looks at the cache:
 * the kernel waits for nobody but who is in a file that it takes away. The folder stays, which is the map's.
 */
static void remove_files(const char *name)
{
	static const char *const files[] = {
		"registers", "access", "range", "name", "cache_only", "cache_dirty", "cache_bypass",
		"rbtree",
	};
	struct dentry *folder = look_up(name), *file;
	int i;

	if (!folder)
		return;
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		file = debugfs_lookup(files[i], folder);
		if (IS_ERR_OR_NULL(file))
			continue;
		debugfs_remove(file);
		dput(file);
	}
	dput(folder);
}

static void set(struct regmap_config *config, const struct kmod_regmap *regmap,
		const struct kmod_regmap_plan *plan)
{
	config->name = plan->name;
	config->reg_bits = plan->reg_bits;
	config->pad_bits = plan->pad_bits;
	config->val_bits = plan->val_bits;
	config->rd_table = &regmap->tables[READABLE];
	config->wr_table = &regmap->tables[WRITABLE];
	config->volatile_table = &regmap->tables[CHANGING];
	config->precious_table = &regmap->tables[PRECIOUS];
	config->max_register = plan->last;
	config->read_flag_mask = plan->read_flag;
	config->write_flag_mask = plan->write_flag;
	config->zero_flag_mask = plan->flags;
	config->use_single_read = plan->single;
	config->use_single_write = plan->single;
	config->val_format_endian = plan->big_endian ? REGMAP_ENDIAN_BIG : REGMAP_ENDIAN_LITTLE;
	if (plan->cached) {
		config->cache_type = KMOD_COMPAT_REGCACHE;
		config->num_reg_defaults = plan->default_count;
		if (plan->default_count)
			config->reg_defaults = (const struct reg_default *)plan->defaults;
	}
}

static struct kmod_regmap *make_map(struct device *device, const struct kmod_regmap_plan *plan,
				    kmod_regmap_make *make)
{
	struct regmap_config config = {};
	struct kmod_regmap *regmap;
	struct dentry *folder;
	struct regmap *map;

	regmap = kzalloc(sizeof(*regmap), GFP_KERNEL);
	if (!regmap)
		return ERR_PTR(-ENOMEM);
	regmap->folder = plan->name ?
		kasprintf(GFP_KERNEL, "%s-%s", dev_name(device), plan->name) :
		kstrdup(dev_name(device), GFP_KERNEL);
	if (!regmap->folder) {
		kfree(regmap);
		return ERR_PTR(-ENOMEM);
	}
	/* Who has it already keeps it. */
	folder = look_up(regmap->folder);
	if (folder) {
		dput(folder);
		kfree(regmap->folder);
		regmap->folder = NULL;
	}
	regmap->tables[READABLE] = table(&plan->readable);
	regmap->tables[WRITABLE] = table(&plan->writable);
	regmap->tables[CHANGING] = table(&plan->changing);
	regmap->tables[PRECIOUS] = table(&plan->precious);
	regmap->cached = plan->cached;
	mutex_init(&regmap->lock);
	set(&config, regmap, plan);
	map = make(device, &config, &regmap->lock);
	if (IS_ERR(map)) {
		kfree(regmap->folder);
		kfree(regmap);
		return ERR_CAST(map);
	}
	regmap->map = map;
	return regmap;
}

struct kmod_regmap *kmod_regmap_init(struct device *device, const struct kmod_regmap_plan *plan,
				     kmod_regmap_make *make)
{
	struct kmod_regmap *regmap = make_map(device, plan, make);
	long error = PTR_ERR_OR_ZERO(regmap);

	/* The kernel's own number, which user space does not know. */
	if (error == -ENOTSUPP)
		error = -EOPNOTSUPP;
	if (!error)
		return regmap;
	dev_err_probe(device, error, "cannot have its registers of %u bits\n", plan->val_bits);
	return ERR_PTR(error);
}

/* Before 5.19 what dev_get_regmap() finds stays until the device is unbound, and nobody else asks for it. */
void kmod_regmap_exit(struct kmod_regmap *regmap)
{
	if (regmap->folder)
		remove_files(regmap->folder);
	regmap_exit(regmap->map);
	kfree(regmap->folder);
	kfree(regmap);
}

int kmod_regmap_read(struct kmod_regmap *regmap, unsigned int reg, unsigned int *value)
{
	return regmap_read(regmap->map, reg, value);
}

int kmod_regmap_write(struct kmod_regmap *regmap, unsigned int reg, unsigned int value)
{
	return regmap_write(regmap->map, reg, value);
}

int kmod_regmap_bulk_read(struct kmod_regmap *regmap, unsigned int reg, void *to, size_t count)
{
	return regmap_bulk_read(regmap->map, reg, to, count);
}

int kmod_regmap_bulk_write(struct kmod_regmap *regmap, unsigned int reg, const void *from,
			   size_t count)
{
	return regmap_bulk_write(regmap->map, reg, from, count);
}

/* Without a cache, the kernel warns of the following. */

int kmod_regmap_sync(struct kmod_regmap *regmap)
{
	return regmap->cached ? regcache_sync(regmap->map) : -EINVAL;
}

int kmod_regmap_mark_dirty(struct kmod_regmap *regmap)
{
	if (!regmap->cached)
		return -EINVAL;
	regcache_mark_dirty(regmap->map);
	return 0;
}

int kmod_regmap_cache_only(struct kmod_regmap *regmap, bool only)
{
	if (!regmap->cached)
		return -EINVAL;
	regcache_cache_only(regmap->map, only);
	return 0;
}

#endif
