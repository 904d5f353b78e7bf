// SPDX-License-Identifier: GPL-2.0-only
/* The same in C. All data is worked on in memory of the heap. */
#include <crypto/aead.h>
#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <linux/crc-ccitt.h>
#include <linux/crc32.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#if __has_include(<crypto/sha2.h>)
#include <crypto/sha2.h>
#else
#include <crypto/sha.h>
#endif
#if __has_include(<crypto/utils.h>)
#include <crypto/utils.h>
#else
#include <crypto/algapi.h>
#endif

/* Before 6.14 it is in another module. */
#ifdef crc32
#define crc32c __crc32c_le
#endif

#define REQUEST_MAX 0x40000

static DEFINE_MUTEX(desk);
static u8 *last;
static size_t last_len;

struct request {
	u8 what, size;
	const char *name;
	const u8 *key, *nonce, *associated, *data;
	size_t key_len, nonce_len, associated_len, data_len;
};

static const u8 *take(const u8 **at, const u8 *end, size_t len)
{
	const u8 *here = *at;

	if (!here || len > end - here) {
		*at = NULL;
		return NULL;
	}
	*at += len;
	return here;
}

static int parse(struct request *request, const u8 *at, size_t len)
{
	const u8 *end = at + len, *numbers = take(&at, end, 8);
	size_t name_len;

	if (!numbers)
		return -EINVAL;
	request->what = numbers[0];
	request->size = numbers[2];
	name_len = numbers[3];
	request->key_len = numbers[4];
	request->nonce_len = numbers[5];
	request->associated_len = numbers[6] | numbers[7] << 8;
	request->name = (const char *)take(&at, end, name_len);
	request->key = take(&at, end, request->key_len);
	request->nonce = take(&at, end, request->nonce_len);
	request->associated = take(&at, end, request->associated_len);
	if (!at || !name_len || strnlen(request->name, name_len) != name_len - 1)
		return -EINVAL;
	request->data = at;
	request->data_len = end - at;
	return 0;
}

static int do_hash(const struct request *request, u8 *out, size_t *out_len)
{
	struct crypto_shash *hash = crypto_alloc_shash(request->name, 0, 0);
	struct shash_desc *parts;
	size_t at;
	int ret;

	if (IS_ERR(hash))
		return PTR_ERR(hash);
	ret = -EINVAL;
	if (crypto_shash_digestsize(hash) != request->size)
		goto free_hash;
	if (request->key_len) {
		ret = crypto_shash_setkey(hash, request->key, request->key_len);
		if (ret)
			goto free_hash;
	}
	if (request->what == 'h') {
		ret = crypto_shash_tfm_digest(hash, request->data, request->data_len, out);
		goto free_hash;
	}
	parts = kmalloc(sizeof(*parts) + crypto_shash_descsize(hash), GFP_KERNEL);
	ret = -ENOMEM;
	if (!parts)
		goto free_hash;
	parts->tfm = hash;
	ret = crypto_shash_init(parts);
	for (at = 0; !ret && at < request->data_len; at += 7)
		ret = crypto_shash_update(parts, request->data + at,
					  min_t(size_t, 7, request->data_len - at));
	if (!ret)
		ret = crypto_shash_final(parts, out);
	kfree_sensitive(parts);
free_hash:
	*out_len = request->size;
	crypto_free_shash(hash);
	return ret;
}

static int do_cipher(const struct request *request, u8 *out, size_t *out_len)
{
	struct crypto_skcipher *cipher = crypto_alloc_skcipher(request->name, 0, CRYPTO_ALG_ASYNC);
	u8 *iv = out + request->data_len;
	struct skcipher_request *req;
	struct scatterlist list;
	DECLARE_CRYPTO_WAIT(wait);
	int ret;

	if (IS_ERR(cipher))
		return PTR_ERR(cipher);
	ret = -EINVAL;
	if (crypto_skcipher_ivsize(cipher) != request->nonce_len)
		goto free_cipher;
	ret = crypto_skcipher_setkey(cipher, request->key, request->key_len);
	if (ret)
		goto free_cipher;
	req = skcipher_request_alloc(cipher, GFP_KERNEL);
	ret = -ENOMEM;
	if (!req)
		goto free_cipher;
	memcpy(out, request->data, request->data_len);
	memcpy(iv, request->nonce, request->nonce_len);
	*out_len = request->data_len + request->nonce_len;
	sg_init_one(&list, out, request->data_len);
	skcipher_request_set_callback(req, CRYPTO_TFM_REQ_MAY_SLEEP, crypto_req_done, &wait);
	skcipher_request_set_crypt(req, &list, &list, request->data_len, iv);
	ret = crypto_wait_req(request->what == 'e' ? crypto_skcipher_encrypt(req) :
						     crypto_skcipher_decrypt(req), &wait);
	skcipher_request_free(req);
free_cipher:
	crypto_free_skcipher(cipher);
	return ret;
}

static int do_aead(const struct request *request, u8 *out, size_t *out_len)
{
	struct crypto_aead *aead = crypto_alloc_aead(request->name, 0, CRYPTO_ALG_ASYNC);
	bool encrypt = request->what == 's';
	u8 *nonce = NULL, *all = NULL;
	struct aead_request *req;
	struct scatterlist list;
	DECLARE_CRYPTO_WAIT(wait);
	int ret;

	if (IS_ERR(aead))
		return PTR_ERR(aead);
	ret = -EINVAL;
	if (crypto_aead_ivsize(aead) != request->nonce_len)
		goto free_aead;
	ret = crypto_aead_setauthsize(aead, request->size);
	if (ret)
		goto free_aead;
	ret = crypto_aead_setkey(aead, request->key, request->key_len);
	if (ret)
		goto free_aead;
	ret = -EBADMSG;
	if (!encrypt && request->data_len < request->size)
		goto free_aead;
	req = aead_request_alloc(aead, GFP_KERNEL);
	nonce = kmemdup(request->nonce, request->nonce_len, GFP_KERNEL);
	all = kzalloc(request->associated_len + request->data_len + 64, GFP_KERNEL);
	ret = -ENOMEM;
	if (!req || !nonce || !all)
		goto free_all;
	memcpy(all, request->associated, request->associated_len);
	memcpy(all + request->associated_len, request->data, request->data_len);
	sg_init_one(&list, all, request->associated_len + request->data_len + 64);
	aead_request_set_callback(req, CRYPTO_TFM_REQ_MAY_SLEEP, crypto_req_done, &wait);
	aead_request_set_ad(req, request->associated_len);
	aead_request_set_crypt(req, &list, &list, request->data_len, nonce);
	ret = crypto_wait_req(encrypt ? crypto_aead_encrypt(req) : crypto_aead_decrypt(req), &wait);
	*out_len = encrypt ? request->data_len + request->size : request->data_len - request->size;
	if (!ret)
		memcpy(out, all + request->associated_len, *out_len);
free_all:
	kfree(all);
	kfree(nonce);
	aead_request_free(req);
free_aead:
	crypto_free_aead(aead);
	return ret;
}

static int answer(const struct request *request, u8 *out, size_t *out_len)
{
	const u8 *data = request->data;
	size_t len = request->data_len;
	__le32 sums[3];
	__le16 sum;

	switch (request->what) {
	case '1':
		sha256(data, len, out);
		*out_len = 32;
		return 0;
	case 'c':
		sums[0] = cpu_to_le32(crc32_le(~0, data, len));
		sums[1] = cpu_to_le32(crc32_be(~0, data, len));
		sums[2] = cpu_to_le32(crc32c(~0, data, len));
		sum = cpu_to_le16(crc_ccitt(0, data, len));
		memcpy(out, sums, sizeof(sums));
		memcpy(out + sizeof(sums), &sum, sizeof(sum));
		*out_len = sizeof(sums) + sizeof(sum);
		return 0;
	case '=':
		*out = request->associated_len == len &&
		       !crypto_memneq(request->associated, data, len);
		*out_len = 1;
		return 0;
	case 'h':
	case 'p':
		return do_hash(request, out, out_len);
	case 'e':
	case 'd':
		return do_cipher(request, out, out_len);
	case 's':
	case 'o':
		return do_aead(request, out, out_len);
	default:
		return -EINVAL;
	}
}

static ssize_t desk_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	ssize_t ret;

	mutex_lock(&desk);
	ret = simple_read_from_buffer(buf, len, pos, last, last_len);
	mutex_unlock(&desk);
	return ret;
}

static ssize_t desk_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct request request;
	size_t out_len = 0;
	u8 *bytes, *out;
	int ret;

	if (len > REQUEST_MAX)
		return -EINVAL;
	bytes = memdup_user(buf, len);
	if (IS_ERR(bytes))
		return PTR_ERR(bytes);
	out = kzalloc(len + 256, GFP_KERNEL);
	ret = -ENOMEM;
	if (!out)
		goto free_bytes;
	ret = parse(&request, bytes, len);
	if (!ret)
		ret = answer(&request, out, &out_len);
	mutex_lock(&desk);
	swap(last, out);
	last_len = ret ? 0 : out_len;
	mutex_unlock(&desk);
	kfree(out);
free_bytes:
	kfree(bytes);
	return ret ?: len;
}

static const struct file_operations desk_fops = {
	.owner = THIS_MODULE,
	.read = desk_read,
	.write = desk_write,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.mode = 0600,
	.fops = &desk_fops,
};

static int __init vm_crypto_init(void)
{
	return misc_register(&device);
}

static void __exit vm_crypto_exit(void)
{
	misc_deregister(&device);
	kfree(last);
}

module_init(vm_crypto_init);
module_exit(vm_crypto_exit);
MODULE_DESCRIPTION("The same in C");
MODULE_LICENSE("GPL");
