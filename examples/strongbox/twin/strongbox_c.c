// SPDX-License-Identifier: GPL-2.0-only
/* The strongbox example in C. */
#include <crypto/skcipher.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/random.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#if __has_include(<crypto/sha2.h>)
#include <crypto/sha2.h>
#else
#include <crypto/sha.h>
#endif

#define BLOCK 16
#define NOTE_MAX 4096

static char *password = "";
module_param(password, charp, 0);
MODULE_PARM_DESC(password, "What the key is made of");

static struct crypto_skcipher *cipher;

/* Whole blocks, of which the note is the first bytes. */
static DEFINE_MUTEX(note);
static u8 note_iv[BLOCK];
static u8 *note_blocks;
static size_t note_len;

/* "blocks" is on the heap: a scatter list cannot have a stack. */
static int crypt(bool encrypt, const u8 *iv, u8 *blocks, size_t len)
{
	struct skcipher_request *request;
	struct scatterlist list;
	DECLARE_CRYPTO_WAIT(wait);
	u8 next[BLOCK];
	int ret;

	request = skcipher_request_alloc(cipher, GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	memcpy(next, iv, BLOCK);
	sg_init_one(&list, blocks, len);
	skcipher_request_set_callback(request, CRYPTO_TFM_REQ_MAY_SLEEP, crypto_req_done, &wait);
	skcipher_request_set_crypt(request, &list, &list, len, next);
	if (encrypt)
		ret = crypto_skcipher_encrypt(request);
	else
		ret = crypto_skcipher_decrypt(request);
	ret = crypto_wait_req(ret, &wait);
	skcipher_request_free(request);
	return ret;
}

static ssize_t lid_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	ssize_t ret = 0;
	size_t size;
	u8 *text;

	mutex_lock(&note);
	if (!note_len)
		goto unlock;
	size = round_up(note_len, BLOCK);
	text = kmemdup(note_blocks, size, GFP_KERNEL);
	ret = -ENOMEM;
	if (!text)
		goto unlock;
	ret = crypt(false, note_iv, text, size);
	if (!ret)
		ret = simple_read_from_buffer(buf, len, pos, text, note_len);
	kfree_sensitive(text);
unlock:
	mutex_unlock(&note);
	return ret;
}

static ssize_t lid_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	size_t size = round_up(len, BLOCK);
	u8 iv[BLOCK], *blocks;
	int ret;

	if (len > NOTE_MAX)
		return -EINVAL;
	blocks = kzalloc(size, GFP_KERNEL);
	if (!blocks)
		return -ENOMEM;
	ret = -EFAULT;
	if (copy_from_user(blocks, buf, len))
		goto free_blocks;
	ret = wait_for_random_bytes();
	if (ret)
		goto free_blocks;
	get_random_bytes(iv, BLOCK);
	if (len) {
		ret = crypt(true, iv, blocks, size);
		if (ret)
			goto free_blocks;
	}
	mutex_lock(&note);
	swap(note_blocks, blocks);
	memcpy(note_iv, iv, BLOCK);
	note_len = len;
	mutex_unlock(&note);
	ret = len;
free_blocks:
	kfree(blocks);
	return ret;
}

static const struct file_operations lid_fops = {
	.owner = THIS_MODULE,
	.read = lid_read,
	.write = lid_write,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.mode = 0600,
	.fops = &lid_fops,
};

static int __init strongbox_init(void)
{
	u8 key[SHA256_DIGEST_SIZE];
	int ret;

	sha256(password, strlen(password), key);
	cipher = crypto_alloc_skcipher("cbc(aes)", 0, CRYPTO_ALG_ASYNC);
	if (IS_ERR(cipher))
		return PTR_ERR(cipher);
	ret = crypto_skcipher_setkey(cipher, key, sizeof(key));
	memzero_explicit(key, sizeof(key));
	if (!ret)
		ret = misc_register(&device);
	if (ret)
		crypto_free_skcipher(cipher);
	return ret;
}

static void __exit strongbox_exit(void)
{
	misc_deregister(&device);
	crypto_free_skcipher(cipher);
	kfree(note_blocks);
}

module_init(strongbox_init);
module_exit(strongbox_exit);
MODULE_AUTHOR("The kmod developers");
MODULE_DESCRIPTION("Keeps a note encrypted in memory");
MODULE_LICENSE("GPL");
