// SPDX-License-Identifier: GPL-2.0-only
/* What modules of all licences may use. */
#include "helpers.h"

#include <linux/string.h>

#include "../../compat/crypto.h"

void kmod_sha256(const u8 *data, size_t length, u8 *digest)
{
	kmod_compat_sha256(data, length, digest);
}

bool kmod_crypto_equal(const void *one, const void *other, size_t length)
{
	return !crypto_memneq(one, other, length);
}

void kmod_crypto_wipe(void *memory, size_t length)
{
	memzero_explicit(memory, length);
}
