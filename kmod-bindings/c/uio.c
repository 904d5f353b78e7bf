// SPDX-License-Identifier: GPL-2.0-only
#include "uio.h"

size_t kmod_iov_iter_count(const struct iov_iter *iter)
{
	return iov_iter_count(iter);
}

size_t kmod_copy_to_iter(const void *from, size_t n, struct iov_iter *to)
{
	return copy_to_iter(from, n, to);
}

size_t kmod_copy_from_iter(void *to, size_t n, struct iov_iter *from)
{
	return copy_from_iter(to, n, from);
}
