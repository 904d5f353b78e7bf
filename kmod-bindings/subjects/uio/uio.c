// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <linux/thread_info.h>

/* As in C, the kernel's side of a size that is not known before is checked. */
size_t kmod_copy_to_iter(const void *from, size_t n, struct iov_iter *to)
{
	check_object_size(from, n, true);
	return _copy_to_iter(from, n, to);
}

size_t kmod_copy_from_iter(void *to, size_t n, struct iov_iter *from)
{
	check_object_size(to, n, false);
	return _copy_from_iter(to, n, from);
}
