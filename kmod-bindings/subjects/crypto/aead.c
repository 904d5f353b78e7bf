// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <crypto/aead.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "memory.h"

/*
 * Behind the tag: authencesn writes four bytes where it begins, whatever its size, before it has looked at
 * it.
 */
#define TAG_SPARE 16

struct crypto_aead *kmod_aead_alloc(const char *name)
{
	return crypto_alloc_aead(name, 0, CRYPTO_ALG_ASYNC);
}

void kmod_aead_free(struct crypto_aead *aead)
{
	crypto_free_aead(aead);
}

unsigned int kmod_aead_nonce_size(struct crypto_aead *aead)
{
	return crypto_aead_ivsize(aead);
}

int kmod_aead_settag(struct crypto_aead *aead, unsigned int tag)
{
	return crypto_aead_setauthsize(aead, tag);
}

int kmod_aead_setkey(struct crypto_aead *aead, const u8 *key, unsigned int length)
{
	return crypto_aead_setkey(aead, key, length);
}

/*
 * What a scatter list cannot have, or an algorithm may write to though it is not the result (the nonce, the
 * associated data), goes into memory of its own: nonce, tag, associated data, data.
 */
static int crypt(struct crypto_aead *aead, bool encrypt, const u8 *nonce, const u8 *associated,
		 unsigned int associated_length, u8 *data, unsigned int length, u8 *tag)
{
	unsigned int nonce_size = crypto_aead_ivsize(aead), tag_size = crypto_aead_authsize(aead);
	struct aead_request *request = aead_request_alloc(aead, GFP_KERNEL);
	bool is_linear = !length || kmod_crypto_is_linear(data);
	struct scatterlist lists[3], *list = lists;
	u8 *own, *own_tag, *own_associated;
	DECLARE_CRYPTO_WAIT(wait);
	int ret = -ENOMEM;

	own = kmod_crypto_alloc((size_t)nonce_size + tag_size + TAG_SPARE + associated_length +
				(is_linear ? 0 : length));
	if (!request || !own)
		goto out;
	own_tag = own + nonce_size;
	own_associated = own_tag + tag_size + TAG_SPARE;
	memcpy(own, nonce, nonce_size);
	memcpy(own_associated, associated, associated_length);
	if (!encrypt)
		memcpy(own_tag, tag, tag_size);

	sg_init_table(lists, 1 + !!associated_length + !!length);
	if (associated_length)
		sg_set_buf(list++, own_associated, associated_length);
	if (length && is_linear) {
		sg_set_buf(list++, data, length);
	} else if (length) {
		memcpy(own_associated + associated_length, data, length);
		sg_set_buf(list++, own_associated + associated_length, length);
	}
	sg_set_buf(list, own_tag, tag_size + TAG_SPARE);

	aead_request_set_callback(request, CRYPTO_TFM_REQ_MAY_SLEEP | CRYPTO_TFM_REQ_MAY_BACKLOG,
				  crypto_req_done, &wait);
	aead_request_set_ad(request, associated_length);
	aead_request_set_crypt(request, lists, lists, encrypt ? length : length + tag_size, own);
	ret = crypto_wait_req(encrypt ? crypto_aead_encrypt(request) : crypto_aead_decrypt(request),
			      &wait);
	if (!ret && !is_linear)
		memcpy(data, own_associated + associated_length, length);
	if (!ret && encrypt)
		memcpy(tag, own_tag, tag_size);
out:
	kfree_sensitive(own);
	aead_request_free(request);
	return ret;
}

int kmod_aead_encrypt(struct crypto_aead *aead, const u8 *nonce, const u8 *associated,
		      unsigned int associated_length, u8 *data, unsigned int length, u8 *tag)
{
	return crypt(aead, true, nonce, associated, associated_length, data, length, tag);
}

int kmod_aead_decrypt(struct crypto_aead *aead, const u8 *nonce, const u8 *associated,
		      unsigned int associated_length, u8 *data, unsigned int length, const u8 *tag)
{
	return crypt(aead, false, nonce, associated, associated_length, data, length, (u8 *)tag);
}
