/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_IIO_H
#define KMOD_COMPAT_IIO_H

#include <linux/iio/iio.h>

/* Since 5.11 channels have labels. This macro is little younger. */
#ifdef devm_iio_trigger_alloc
#define KMOD_COMPAT_IIO_LABELS
#endif

/* Whether an event is told of is a bool since 6.13. */
typedef typeof(_Generic(((struct iio_info *)NULL)->write_event_config,
			int (*)(struct iio_dev *, const struct iio_chan_spec *, enum iio_event_type,
				enum iio_event_direction, bool): (bool)0,
			default: 0)) kmod_compat_iio_event_state;

#endif
