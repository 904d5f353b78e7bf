/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_REGMAP_H
#define KMOD_REGMAP_H

#include <linux/device.h>
#include <linux/regmap.h>

/* Registers that follow each other: the kernel's struct regmap_range, which not all kernels have. */
struct kmod_regmap_range {
	unsigned int first;
	unsigned int last;
};

/* What a register holds after a reset. */
struct kmod_regmap_default {
	unsigned int reg;
	unsigned int value;
};

struct kmod_regmap_ranges {
	const struct kmod_regmap_range *ranges;
	unsigned int count;
};

/* What is known of a map. What it points to stays as long as the map. */
struct kmod_regmap_plan {
	const char *name; /* or NULL */
	struct kmod_regmap_ranges readable;
	struct kmod_regmap_ranges writable;
	struct kmod_regmap_ranges changing; /* by themselves */
	struct kmod_regmap_ranges precious; /* not to be read by chance */
	const struct kmod_regmap_default *defaults; /* by number */
	unsigned int default_count;
	unsigned int last; /* the last number */
	unsigned int reg_bits;
	unsigned int pad_bits;
	unsigned int val_bits;
	unsigned int read_flag;
	unsigned int write_flag;
	bool flags; /* these are to be taken, and not the bus's own */
	bool big_endian;
	bool single; /* one register at a time */
	bool cached;
};

struct kmod_regmap;

/*
 * The registers of a chip, or an ERR_PTR, of which the log tells: -ENODEV if it is on another bus. The device's driver
 * is being bound. Sleeps, as all that follows does.
 */
struct kmod_regmap *kmod_regmap_init_i2c(struct device *device, const struct kmod_regmap_plan *plan);
struct kmod_regmap *kmod_regmap_init_spi(struct device *device, const struct kmod_regmap_plan *plan);

/* Nobody uses it any more, and the device's driver is being unbound, or could not be bound. */
void kmod_regmap_exit(struct kmod_regmap *regmap);

/* 0, or an errno. */
int kmod_regmap_read(struct kmod_regmap *regmap, unsigned int reg, unsigned int *value);
int kmod_regmap_write(struct kmod_regmap *regmap, unsigned int reg, unsigned int value);

/* As many words as wide as its registers, from this one on. */
int kmod_regmap_bulk_read(struct kmod_regmap *regmap, unsigned int reg, void *to, size_t count);
int kmod_regmap_bulk_write(struct kmod_regmap *regmap, unsigned int reg, const void *from,
			   size_t count);

/* -EINVAL if nothing is cached. */
int kmod_regmap_sync(struct kmod_regmap *regmap);
int kmod_regmap_mark_dirty(struct kmod_regmap *regmap);
int kmod_regmap_cache_only(struct kmod_regmap *regmap, bool only);

#endif
