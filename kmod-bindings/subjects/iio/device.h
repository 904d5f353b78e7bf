/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_IIO_DEVICE_H
#define KMOD_IIO_DEVICE_H

#include "helpers.h"

#include <linux/mutex.h>

/*
 * It lies in the device itself, which the kernel frees when nobody holds it any more: so its channels are there for
 * who holds it longer than we do.
 */
struct kmod_iio {
	struct iio_dev *device;
	const struct kmod_iio_plan *plan;
	const struct kmod_iio_ops *ops;
	void *data;
	struct iio_info info;
	struct iio_buffer_setup_ops setup_ops;
	/* What the trigger's handler writes, one at a time. */
	struct mutex scan_lock;
	unsigned char *scan;
	size_t scan_size;
	/* How many channels are of scans, with the time. */
	unsigned int scans;
	struct iio_chan_spec channels[];
};

static inline struct kmod_iio *kmod_iio_of(struct iio_dev *device)
{
	return iio_priv(device);
}

#endif
