// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <crypto/hash.h>
#include <linux/err.h>
#include <linux/slab.h>

struct crypto_shash *kmod_hash_alloc(const char *name)
{
	return crypto_alloc_shash(name, 0, 0);
}

void kmod_hash_free(struct crypto_shash *hash)
{
	crypto_free_shash(hash);
}

unsigned int kmod_hash_size(struct crypto_shash *hash)
{
	return crypto_shash_digestsize(hash);
}

int kmod_hash_setkey(struct crypto_shash *hash, const u8 *key, unsigned int length)
{
	return crypto_shash_setkey(hash, key, length);
}

int kmod_hash_digest(struct crypto_shash *hash, const u8 *data, unsigned int length, u8 *digest)
{
	return crypto_shash_tfm_digest(hash, data, length, digest);
}

struct shash_desc *kmod_hash_start(struct crypto_shash *hash)
{
	size_t size = sizeof(struct shash_desc) + crypto_shash_descsize(hash);
	struct shash_desc *state = kmalloc(size, GFP_KERNEL);
	int ret;

	if (!state)
		return ERR_PTR(-ENOMEM);
	state->tfm = hash;
	ret = crypto_shash_init(state);
	if (ret) {
		kmod_hash_end(state);
		return ERR_PTR(ret);
	}
	return state;
}

int kmod_hash_update(struct shash_desc *state, const u8 *data, unsigned int length)
{
	return crypto_shash_update(state, data, length);
}

int kmod_hash_final(struct shash_desc *state, u8 *digest)
{
	return crypto_shash_final(state, digest);
}

void kmod_hash_end(struct shash_desc *state)
{
	kfree_sensitive(state);
}
