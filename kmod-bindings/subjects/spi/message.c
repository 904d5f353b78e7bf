// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"
#include "setting.h"

#include <linux/dma-mapping.h>
#include <linux/overflow.h>
#include <linux/rwsem.h>
#include <linux/slab.h>

/* A kernel without SPI has none of its functions. */
#if IS_ENABLED(CONFIG_SPI_MASTER)

#define CHANGED (SPI_CPHA | SPI_CPOL | SPI_LSB_FIRST | SPI_3WIRE | SPI_LOOP)

/*
 * A device is not set up while it is talked to, nor by two at once: a driver in C sees to that, and controllers rely
 * on it.
 */
static DECLARE_RWSEM(setting);

void kmod_spi_begin_talking(void)
{
	down_read(&setting);
}

void kmod_spi_end_talking(void)
{
	up_read(&setting);
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
	down_write(&setting);
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
	up_write(&setting);
	return error;
}

void kmod_spi_settings(const struct spi_device *spi, struct kmod_spi_settings *settings)
{
	down_read(&setting);
	*settings = (struct kmod_spi_settings) {
		.mode = spi->mode & CHANGED,
		.changed = CHANGED,
		.speed = spi->max_speed_hz,
		.bits = spi->bits_per_word,
	};
	up_read(&setting);
}

void *kmod_spi_buffer(size_t bytes)
{
	if (bytes > KMALLOC_MAX_SIZE)
		return NULL;
	return kzalloc(max_t(size_t, bytes, 1), GFP_KERNEL | __GFP_NOWARN);
}

/* As the kernel has a delay: 16 bits of ns or us. */
static int set_delay(struct spi_delay *delay, u32 ns)
{
	u32 us = DIV_ROUND_UP(ns, NSEC_PER_USEC);

	if (ns <= U16_MAX)
		*delay = (struct spi_delay) { .value = ns, .unit = SPI_DELAY_UNIT_NSECS };
	else if (us <= U16_MAX)
		*delay = (struct spi_delay) { .value = us, .unit = SPI_DELAY_UNIT_USECS };
	else
		return -EINVAL;
	return 0;
}

/* Not all controllers look at how much they are given. */
static int set_transfer(struct spi_transfer *to, const struct kmod_spi_transfer *from, size_t max)
{
	int error;

	if (from->length > max || from->length > INT_MAX)
		return -EMSGSIZE;
	if (from->bits > 32)
		return -EINVAL;
	to->tx_buf = from->from;
	to->rx_buf = from->to;
	to->len = from->length;
	to->speed_hz = from->speed;
	to->bits_per_word = from->bits;
	to->cs_change = from->cs_change;
	error = set_delay(&to->delay, from->delay);
	if (!error && from->cs_delay)
		error = set_delay(&to->cs_change_delay, from->cs_delay);
	return error ?: set_delay(&to->word_delay, from->word_delay);
}

int kmod_spi_message(struct spi_device *spi, const struct kmod_spi_transfer *transfers, size_t count,
		     size_t *moved)
{
	size_t most = min_t(size_t, spi_max_message_size(spi), INT_MAX);
	size_t max = spi_max_transfer_size(spi);
	struct spi_transfer *made;
	struct spi_message message;
	size_t i, all = 0;
	int error = 0;

	*moved = 0;
	spi_message_init(&message);
	made = kcalloc(max_t(size_t, count, 1), sizeof(*made), GFP_KERNEL | __GFP_NOWARN);
	if (!made)
		return -ENOMEM;
	for (i = 0; i < count && !error; i++) {
		error = set_transfer(&made[i], &transfers[i], max);
		if (!error && (check_add_overflow(all, transfers[i].length, &all) || all > most))
			error = -EMSGSIZE;
		if (!error)
			spi_message_add_tail(&made[i], &message);
	}
	if (!error) {
		down_read(&setting);
		error = spi_sync(spi, &message);
		up_read(&setting);
		*moved = min_t(size_t, message.actual_length, all);
	}
	kfree(made);
	return error;
}

int kmod_spi_write_then_read(struct spi_device *spi, const void *from, size_t sent, void *to,
			     size_t received)
{
	struct kmod_spi_transfer transfers[2] = {};
	size_t start, all, moved, count = 0;
	void *buffer;
	int error;

	/* What is written and what is read lie in lines of the cache of their own. */
	if (check_add_overflow(sent, (size_t)dma_get_cache_alignment(), &start))
		return -ENOMEM;
	start = ALIGN_DOWN(start, dma_get_cache_alignment());
	if (check_add_overflow(start, received, &all))
		return -ENOMEM;
	buffer = kmod_spi_buffer(all);
	if (!buffer)
		return -ENOMEM;
	memcpy(buffer, from, sent);
	if (sent)
		transfers[count++] = (struct kmod_spi_transfer) { .from = buffer, .length = sent };
	if (received)
		transfers[count++] = (struct kmod_spi_transfer) {
			.to = buffer + start,
			.length = received,
		};
	error = kmod_spi_message(spi, transfers, count, &moved);
	if (!error && moved != sent + received)
		error = -EIO;
	if (!error)
		memcpy(to, buffer + start, received);
	kfree(buffer);
	return error;
}

#endif
