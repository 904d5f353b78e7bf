/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KMOD_CRYPTO_H
#define KMOD_CRYPTO_H

#include <linux/types.h>

struct crypto_aead;
struct crypto_shash;
struct crypto_skcipher;
struct shash_desc;

/* "digest" has room for 32 bytes. */
void kmod_sha256(const u8 *data, size_t length, u8 *digest);

/* Whether both are equal, in a time that says nothing of what they are. */
bool kmod_crypto_equal(const void *one, const void *other, size_t length);

/* Zeroes, also where nobody reads them any more. */
void kmod_crypto_wipe(void *memory, size_t length);

/*
 * A hash, by its algorithm's name; an error as a pointer. It may be used by several at once, but for its
 * key. All but kmod_hash_digest(), _update() and _final() may sleep.
 */
struct crypto_shash *kmod_hash_alloc(const char *name);
void kmod_hash_free(struct crypto_shash *hash);
unsigned int kmod_hash_size(struct crypto_shash *hash);
int kmod_hash_setkey(struct crypto_shash *hash, const u8 *key, unsigned int length);
int kmod_hash_digest(struct crypto_shash *hash, const u8 *data, unsigned int length, u8 *digest);

/* What has been hashed up to now; an error as a pointer. */
struct shash_desc *kmod_hash_start(struct crypto_shash *hash);
int kmod_hash_update(struct shash_desc *state, const u8 *data, unsigned int length);
int kmod_hash_final(struct shash_desc *state, u8 *digest);
void kmod_hash_end(struct shash_desc *state);

/* A cipher that is done when it returns. May sleep, all of them. */
struct crypto_skcipher *kmod_cipher_alloc(const char *name);
void kmod_cipher_free(struct crypto_skcipher *cipher);
unsigned int kmod_cipher_iv_size(struct crypto_skcipher *cipher);
int kmod_cipher_setkey(struct crypto_skcipher *cipher, const u8 *key, unsigned int length);

/*
 * Encrypts or decrypts "data" where it is, in whatever memory. "iv" has as many bytes as the cipher's, and
 * becomes what the next part begins with.
 */
int kmod_cipher_crypt(struct crypto_skcipher *cipher, bool encrypt, u8 *iv, u8 *data,
		      unsigned int length);

/* The same with a tag of "tag" bytes, by which a change of anything shows. */
struct crypto_aead *kmod_aead_alloc(const char *name);
void kmod_aead_free(struct crypto_aead *aead);
unsigned int kmod_aead_nonce_size(struct crypto_aead *aead);
int kmod_aead_settag(struct crypto_aead *aead, unsigned int tag);
int kmod_aead_setkey(struct crypto_aead *aead, const u8 *key, unsigned int length);

/*
 * Encrypts "data" and writes the tag, or decrypts it and looks at the tag. With "associated" and the tag's
 * size, "length" is less than 2^31.
 */
int kmod_aead_encrypt(struct crypto_aead *aead, const u8 *nonce, const u8 *associated,
		      unsigned int associated_length, u8 *data, unsigned int length, u8 *tag);
int kmod_aead_decrypt(struct crypto_aead *aead, const u8 *nonce, const u8 *associated,
		      unsigned int associated_length, u8 *data, unsigned int length, const u8 *tag);

#endif
