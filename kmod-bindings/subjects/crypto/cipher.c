// SPDX-License-Identifier: GPL-2.0-only
#include "helpers.h"

#include <crypto/skcipher.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "memory.h"

struct crypto_skcipher *kmod_cipher_alloc(const char *name)
{
	return crypto_alloc_skcipher(name, 0, CRYPTO_ALG_ASYNC);
}

void kmod_cipher_free(struct crypto_skcipher *cipher)
{
	crypto_free_skcipher(cipher);
}

unsigned int kmod_cipher_iv_size(struct crypto_skcipher *cipher)
{
	return crypto_skcipher_ivsize(cipher);
}

int kmod_cipher_setkey(struct crypto_skcipher *cipher, const u8 *key, unsigned int length)
{
	return crypto_skcipher_setkey(cipher, key, length);
}

int kmod_cipher_crypt(struct crypto_skcipher *cipher, bool encrypt, u8 *iv, u8 *data,
		      unsigned int length)
{
	struct skcipher_request *request = skcipher_request_alloc(cipher, GFP_KERNEL);
	bool is_linear = !length || kmod_crypto_is_linear(data);
	u8 *copy = is_linear ? NULL : kmod_crypto_alloc(length);
	struct scatterlist list;
	DECLARE_CRYPTO_WAIT(wait);
	int ret = -ENOMEM;

	if (!request || (!is_linear && !copy))
		goto out;
	if (copy)
		memcpy(copy, data, length);
	/* What has no bytes has no page, either: any address does. */
	sg_init_one(&list, copy ?: length ? data : (u8 *)request, length);
	skcipher_request_set_callback(request, CRYPTO_TFM_REQ_MAY_SLEEP | CRYPTO_TFM_REQ_MAY_BACKLOG,
				      crypto_req_done, &wait);
	skcipher_request_set_crypt(request, &list, &list, length, iv);
	ret = crypto_wait_req(encrypt ? crypto_skcipher_encrypt(request) :
					crypto_skcipher_decrypt(request), &wait);
	if (!ret && copy)
		memcpy(data, copy, length);
out:
	kfree_sensitive(copy);
	skcipher_request_free(request);
	return ret;
}
