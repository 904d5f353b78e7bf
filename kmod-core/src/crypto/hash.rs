// SPDX-License-Identifier: GPL-2.0-only
//! Hashes of any algorithm.

use core::ffi::CStr;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, crypto_shash, shash_desc};

use super::length;
use crate::error::code::EINVAL;
use crate::error::{Result, from_err_ptr, to_result};

/// A hash whose digests have `SIZE` bytes: the kernel's `struct crypto_shash`.
///
/// ```no_run
/// use kmod_core::crypto::Hash;
///
/// let hash = Hash::<32>::with_key(c"hmac(sha256)", b"secret")?;
/// let tag = hash.digest(b"a message")?;
///
/// let mut parts = hash.start()?;
/// parts.update(b"a ")?;
/// parts.update(b"message")?;
/// assert_eq!(parts.finish()?, tag);
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// It is what `kmod_hash_alloc()` has given, and its digests have `SIZE` bytes.
pub struct Hash<const SIZE: usize>(NonNull<crypto_shash>);

// SAFETY: The kernel's functions for it may be called from any task.
unsafe impl<const SIZE: usize> Send for Hash<SIZE> {}
// SAFETY: What `&self` gives does not change it: several may hash with one at once.
unsafe impl<const SIZE: usize> Sync for Hash<SIZE> {}

impl<const SIZE: usize> Hash<SIZE> {
    /// One of this algorithm, without a key: `crypto_alloc_shash()`. May sleep.
    ///
    /// # Errors
    ///
    /// `ENOENT` if there is no such algorithm, or it is not one of those that are done at once; `EINVAL` if its
    /// digests have another size.
    pub fn new(algorithm: &CStr) -> Result<Self> {
        // SAFETY: It is a string. Where sleeping is not allowed, this is found by `atomic-sleep`.
        let hash = from_err_ptr(unsafe { bindings::kmod_hash_alloc(algorithm.as_ptr()) })?;
        // INVARIANT: It was given just now; the size of its digests is looked at before anybody uses it.
        let hash = Self(hash);
        // SAFETY: It was allocated, and is not freed before the value is dropped (`Hash`'s invariant).
        let size = unsafe { bindings::kmod_hash_size(hash.as_ptr()) };
        if size as usize != SIZE {
            return Err(EINVAL);
        }
        Ok(hash)
    }

    /// One with a key, as `hmac(…)` must have. May sleep.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new) and [`set_key`](Self::set_key).
    pub fn with_key(algorithm: &CStr, key: &[u8]) -> Result<Self> {
        let mut hash = Self::new(algorithm)?;
        hash.set_key(key)?;
        Ok(hash)
    }

    /// Gives it another key: `crypto_shash_setkey()`. May sleep.
    ///
    /// # Errors
    ///
    /// `ENOSYS` if the algorithm takes none, `EINVAL` if it takes none of this length. It has no key then.
    pub fn set_key(&mut self, key: &[u8]) -> Result {
        let length = length(key)?;
        // SAFETY: It is there (invariant), nobody else uses it (`&mut`), and the key is readable.
        to_result(unsafe { bindings::kmod_hash_setkey(self.as_ptr(), key.as_ptr(), length) })?;
        Ok(())
    }

    /// The digest of `data`: `crypto_shash_tfm_digest()`. It does not sleep.
    ///
    /// # Errors
    ///
    /// `ENOKEY` if it has no key and must have one; `EINVAL` if there is more than half a gigabyte.
    pub fn digest(&self, data: &[u8]) -> Result<[u8; SIZE]> {
        let length = length(data)?;
        let mut digest = [0; SIZE];
        let to = digest.as_mut_ptr();
        // SAFETY: It is there (invariant), `data` is readable, and a digest has as many bytes (invariant).
        to_result(unsafe { bindings::kmod_hash_digest(self.as_ptr(), data.as_ptr(), length, to) })?;
        Ok(digest)
    }

    /// Begins a digest of what comes in parts: `crypto_shash_init()`. May sleep, for memory.
    ///
    /// # Errors
    ///
    /// `ENOKEY` if it has no key and must have one; `ENOMEM`.
    pub fn start(&self) -> Result<Hashing<'_, SIZE>> {
        // SAFETY: It is there (invariant). Where sleeping is not allowed, this is found by `atomic-sleep`.
        let state = from_err_ptr(unsafe { bindings::kmod_hash_start(self.as_ptr()) })?;
        // INVARIANT: It was given just now.
        Ok(Hashing { state, _hash: self })
    }

    fn as_ptr(&self) -> *mut crypto_shash {
        self.0.as_ptr()
    }
}

impl<const SIZE: usize> Drop for Hash<SIZE> {
    fn drop(&mut self) {
        // SAFETY: It is what `kmod_hash_alloc()` has given (invariant), and nobody uses it any more: each
        // `Hashing` borrows it.
        unsafe { bindings::kmod_hash_free(self.as_ptr()) };
    }
}

/// A digest that is being made: the kernel's `struct shash_desc`.
///
/// # Invariants
///
/// It is what `kmod_hash_start()` has given for this hash.
pub struct Hashing<'a, const SIZE: usize> {
    state: NonNull<shash_desc>,
    _hash: &'a Hash<SIZE>,
}

// SAFETY: The kernel's functions for it may be called from any task.
unsafe impl<const SIZE: usize> Send for Hashing<'_, SIZE> {}
// SAFETY: `&self` gives nothing.
unsafe impl<const SIZE: usize> Sync for Hashing<'_, SIZE> {}

impl<const SIZE: usize> Hashing<'_, SIZE> {
    /// Adds the next part: `crypto_shash_update()`. It does not sleep.
    ///
    /// # Errors
    ///
    /// `EINVAL` if there is more than half a gigabyte in this part; what the algorithm says.
    pub fn update(&mut self, data: &[u8]) -> Result {
        let length = length(data)?;
        // SAFETY: It is there (invariant), and `data` is readable.
        to_result(unsafe {
            bindings::kmod_hash_update(self.state.as_ptr(), data.as_ptr(), length)
        })?;
        Ok(())
    }

    /// The digest of all parts: `crypto_shash_final()`.
    ///
    /// # Errors
    ///
    /// What the algorithm says.
    pub fn finish(self) -> Result<[u8; SIZE]> {
        let mut digest = [0; SIZE];
        // SAFETY: It is there (invariant), and the hash's digests have as many bytes (`Hash`'s invariant).
        to_result(unsafe { bindings::kmod_hash_final(self.state.as_ptr(), digest.as_mut_ptr()) })?;
        Ok(digest)
    }
}

impl<const SIZE: usize> Drop for Hashing<'_, SIZE> {
    fn drop(&mut self) {
        // SAFETY: It is what `kmod_hash_start()` has given (invariant), and goes with this value.
        unsafe { bindings::kmod_hash_end(self.state.as_ptr()) };
    }
}
