// SPDX-License-Identifier: GPL-2.0-only
//! `<crypto/hash.h>`, `<crypto/skcipher.h>`, `<crypto/aead.h>` and `<crypto/sha2.h>`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ffi::{c_char, c_int, c_uint, c_void};

pub struct crypto_aead {
    _opaque: [u8; 0],
}

pub struct crypto_shash {
    _opaque: [u8; 0],
}

pub struct crypto_skcipher {
    _opaque: [u8; 0],
}

pub struct shash_desc {
    _opaque: [u8; 0],
}

kernel_only! {
    fn kmod_sha256(data: *const u8, length: usize, digest: *mut u8);
    fn kmod_crypto_equal(one: *const c_void, other: *const c_void, length: usize) -> bool;
    fn kmod_crypto_wipe(memory: *mut c_void, length: usize);
    fn kmod_hash_alloc(name: *const c_char) -> *mut crypto_shash;
    fn kmod_hash_free(hash: *mut crypto_shash);
    fn kmod_hash_size(hash: *mut crypto_shash) -> c_uint;
    fn kmod_hash_setkey(hash: *mut crypto_shash, key: *const u8, length: c_uint) -> c_int;
    fn kmod_hash_digest(
        hash: *mut crypto_shash,
        data: *const u8,
        length: c_uint,
        digest: *mut u8,
    ) -> c_int;
    fn kmod_hash_start(hash: *mut crypto_shash) -> *mut shash_desc;
    fn kmod_hash_update(state: *mut shash_desc, data: *const u8, length: c_uint) -> c_int;
    fn kmod_hash_final(state: *mut shash_desc, digest: *mut u8) -> c_int;
    fn kmod_hash_end(state: *mut shash_desc);
    fn kmod_cipher_alloc(name: *const c_char) -> *mut crypto_skcipher;
    fn kmod_cipher_free(cipher: *mut crypto_skcipher);
    fn kmod_cipher_iv_size(cipher: *mut crypto_skcipher) -> c_uint;
    fn kmod_cipher_setkey(cipher: *mut crypto_skcipher, key: *const u8, length: c_uint) -> c_int;
    fn kmod_cipher_crypt(
        cipher: *mut crypto_skcipher,
        encrypt: bool,
        iv: *mut u8,
        data: *mut u8,
        length: c_uint,
    ) -> c_int;
    fn kmod_aead_alloc(name: *const c_char) -> *mut crypto_aead;
    fn kmod_aead_free(aead: *mut crypto_aead);
    fn kmod_aead_nonce_size(aead: *mut crypto_aead) -> c_uint;
    fn kmod_aead_settag(aead: *mut crypto_aead, tag: c_uint) -> c_int;
    fn kmod_aead_setkey(aead: *mut crypto_aead, key: *const u8, length: c_uint) -> c_int;
    fn kmod_aead_encrypt(
        aead: *mut crypto_aead,
        nonce: *const u8,
        associated: *const u8,
        associated_length: c_uint,
        data: *mut u8,
        length: c_uint,
        tag: *mut u8,
    ) -> c_int;
    fn kmod_aead_decrypt(
        aead: *mut crypto_aead,
        nonce: *const u8,
        associated: *const u8,
        associated_length: c_uint,
        data: *mut u8,
        length: c_uint,
        tag: *const u8,
    ) -> c_int;
}
