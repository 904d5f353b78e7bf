// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

void kmod_refcount_inc(refcount_t *count)
{
	refcount_inc(count);
}

bool kmod_refcount_inc_not_zero(refcount_t *count)
{
	return refcount_inc_not_zero(count);
}

bool kmod_refcount_dec_and_test(refcount_t *count)
{
	return refcount_dec_and_test(count);
}
