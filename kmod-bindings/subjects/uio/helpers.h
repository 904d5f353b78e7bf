/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_UIO_H
#define KMOD_UIO_H

#include <linux/uio.h>

/* Where an iterator keeps how many bytes are left. */
static const unsigned long KMOD_IOV_ITER_COUNT_OFFSET = offsetof(struct iov_iter, count);

/* Each returns how many bytes were copied, and moves the iterator over them. May sleep. */
size_t kmod_copy_to_iter(const void *from, size_t n, struct iov_iter *to);
size_t kmod_copy_from_iter(void *to, size_t n, struct iov_iter *from);

#endif
