/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_REFCOUNT_H
#define KMOD_REFCOUNT_H

#include <linux/refcount.h>

/* Inline functions, which warn of what they refuse to count. */
void kmod_refcount_inc(refcount_t *count);
bool kmod_refcount_inc_not_zero(refcount_t *count);
bool kmod_refcount_dec_and_test(refcount_t *count);

#endif
