/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_IIO_H
#define KMOD_COMPAT_IIO_H

#include <linux/iio/iio.h>

/* Since 5.11 channels have labels. This macro is little younger. */
#ifdef devm_iio_trigger_alloc
#define KMOD_COMPAT_IIO_LABELS
#endif

#endif
