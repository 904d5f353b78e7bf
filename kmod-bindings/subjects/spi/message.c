// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/dma-mapping.h>
#include <linux/overflow.h>
#include <linux/slab.h>

/* A kernel without SPI has none of its functions. */
#if IS_ENABLED(CONFIG_SPI_MASTER)

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
		error = spi_sync(spi, &message);
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
