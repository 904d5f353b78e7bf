/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_COMPAT_CRYPTO_H
#define KMOD_COMPAT_CRYPTO_H

#include <linux/minmax.h>
#include <linux/sizes.h>
#include <linux/version.h>

/* 5.11: SHA-1 and SHA-2 have a header each. */
#if __has_include(<crypto/sha2.h>)
#include <crypto/sha2.h>
#else
#include <crypto/sha.h>
#endif

/* 6.3: crypto_memneq() has moved. */
#if __has_include(<crypto/utils.h>)
#include <crypto/utils.h>
#else
#include <crypto/algapi.h>
#endif

/*
 * Since 6.16 sha256() takes a size_t; before, what is longer than an unsigned int goes in pieces. Both are
 * functions, which the preprocessor cannot see: the version has to tell.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#define kmod_compat_sha256(data, length, digest) sha256(data, length, digest)
#else
#define kmod_compat_sha256(data, length, digest)				\
	do {									\
		const u8 *kmod_data = (data);					\
		size_t kmod_left = (length);					\
		struct sha256_state kmod_state;					\
										\
		sha256_init(&kmod_state);					\
		while (kmod_left) {						\
			size_t kmod_now = min_t(size_t, kmod_left, SZ_1G);	\
										\
			sha256_update(&kmod_state, kmod_data, kmod_now);	\
			kmod_data += kmod_now;					\
			kmod_left -= kmod_now;					\
		}								\
		sha256_final(&kmod_state, digest);				\
	} while (0)
#endif

#endif
