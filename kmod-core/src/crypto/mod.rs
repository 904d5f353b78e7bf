// SPDX-License-Identifier: GPL-2.0-only
//! Hashes and ciphers: the kernel's crypto API.
//!
//! | to | use | C's |
//! |---|---|---|
//! | hash, with a module of any licence | [`sha256`] | `sha256()` |
//! | hash by any algorithm, in parts, with a key | [`struct@Hash`] | `crypto_shash_*` |
//! | encrypt | [`Cipher`] | `crypto_skcipher_*` |
//! | encrypt so that a change shows | [`Aead`] | `crypto_aead_*` |
//! | compare what is secret | [`equal`] | `crypto_memneq()` |
//! | forget it | [`wipe`] | `memzero_explicit()` |
//!
//! Sizes are part of the types: a digest's, a nonce's, a tag's. An algorithm has a name (`c"sha256"`,
//! `c"cbc(aes)"`, `c"gcm(aes)"`; `/proc/crypto` has those that are there), and is loaded if it is not there; it
//! cannot be unloaded as long as a value uses it. Keys and what was made of them are zeroed when a value goes.
//!
//! The types stand on what the kernel exports to modules under the GPL: with another licence a module that uses
//! them is not linked. The functions are for all.

mod aead;
mod cipher;
mod hash;

use kmod_bindings as bindings;

pub use aead::Aead;
pub use cipher::Cipher;
pub use hash::{Hash, Hashing};

use crate::error::Result;
use crate::error::code::EINVAL;

/// The SHA-256 of `data`. In any context.
///
/// ```no_run
/// let digest = kmod_core::crypto::sha256(b"abc");
/// assert_eq!(digest[..4], [0xba, 0x78, 0x16, 0xbf]);
/// ```
#[must_use]
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    // SAFETY: `data` is readable, and there is room for the digest.
    unsafe { bindings::kmod_sha256(data.as_ptr(), data.len(), digest.as_mut_ptr()) };
    digest
}

/// Whether both are equal. The time it takes says nothing of what they are, only how long they are: for tags,
/// digests and passwords. In any context.
#[must_use]
pub fn equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && {
        // SAFETY: Both are readable, and as long as said.
        unsafe {
            bindings::kmod_crypto_equal(one.as_ptr().cast(), other.as_ptr().cast(), one.len())
        }
    }
}

/// Zeroes `secret`, though nobody reads it any more: what the compiler would leave out. In any context.
pub fn wipe(secret: &mut [u8]) {
    // SAFETY: They are as many bytes, and nobody else's: a `&mut` slice.
    unsafe { bindings::kmod_crypto_wipe(secret.as_mut_ptr().cast(), secret.len()) };
}

/// A length as the kernel counts it: half a gigabyte at most, since it adds some of them up, and some of its
/// algorithms take the sum for an `int`.
fn length(bytes: &[u8]) -> Result<u32> {
    match u32::try_from(bytes.len()) {
        Ok(length) if length <= 1 << 29 => Ok(length),
        _ => Err(EINVAL),
    }
}
