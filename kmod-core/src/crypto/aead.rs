// SPDX-License-Identifier: GPL-2.0-only
//! Ciphers by which a change shows.

use core::ffi::CStr;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, crypto_aead};

use super::{length, wipe};
use crate::error::code::{EBADMSG, EINVAL};
use crate::error::{Result, from_err_ptr, to_result};

/// A cipher with a key that makes a tag of what it encrypts, and of what goes with it in the clear, and looks at
/// it before it decrypts: the kernel's `struct crypto_aead`. Its nonces have `NONCE` bytes, its tags `TAG`.
///
/// It works where the data is, whatever memory that is, as a [`Cipher`](super::Cipher) does; all it does may
/// sleep. No two messages may have the same nonce and key: that is the caller's duty.
///
/// ```no_run
/// use kmod_core::crypto::Aead;
///
/// let aead = Aead::<12, 16>::new(c"gcm(aes)", &[7; 32])?;
/// let mut data = *b"a secret";
/// let tag = aead.encrypt(&[1; 12], b"in the clear", &mut data)?;
/// aead.decrypt(&[1; 12], b"in the clear", &mut data, &tag)?;
/// assert_eq!(&data, b"a secret");
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// It is what `kmod_aead_alloc()` has given, its nonces have `NONCE` bytes, and its tags `TAG`.
pub struct Aead<const NONCE: usize, const TAG: usize>(NonNull<crypto_aead>);

// SAFETY: The kernel's functions for it may be called from any task.
unsafe impl<const NONCE: usize, const TAG: usize> Send for Aead<NONCE, TAG> {}
// SAFETY: What `&self` gives does not change it: several may use one at once.
unsafe impl<const NONCE: usize, const TAG: usize> Sync for Aead<NONCE, TAG> {}

impl<const NONCE: usize, const TAG: usize> Aead<NONCE, TAG> {
    /// One of this algorithm, with this key: `crypto_alloc_aead()`.
    ///
    /// # Errors
    ///
    /// `ENOENT` if there is no such algorithm, or it is not one of those that are done at once; `EINVAL` if its
    /// nonces have another size, or it has no tags of this size or no keys of this length.
    pub fn new(algorithm: &CStr, key: &[u8]) -> Result<Self> {
        const { assert!(TAG > 0 && TAG <= 256, "a tag has 1 to 256 bytes") };
        // SAFETY: It is a string. Where sleeping is not allowed, this is found by `atomic-sleep`.
        let aead = from_err_ptr(unsafe { bindings::kmod_aead_alloc(algorithm.as_ptr()) })?;
        // INVARIANT: It was given just now; both sizes are seen to before anybody uses it.
        let mut aead = Self(aead);
        // SAFETY: It was allocated, and is not freed before the value is dropped (`Aead`'s invariant).
        let size = unsafe { bindings::kmod_aead_nonce_size(aead.as_ptr()) };
        if size as usize != NONCE {
            return Err(EINVAL);
        }
        // SAFETY: It is there (invariant), and nobody else uses it.
        to_result(unsafe { bindings::kmod_aead_settag(aead.as_ptr(), TAG as u32) })?;
        aead.set_key(key)?;
        Ok(aead)
    }

    /// Gives it another key: `crypto_aead_setkey()`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if the algorithm has no keys of this length. It has no key then: to use it is `ENOKEY`.
    pub fn set_key(&mut self, key: &[u8]) -> Result {
        let length = length(key)?;
        // SAFETY: It is there (invariant), nobody else uses it (`&mut`), and the key is readable.
        to_result(unsafe { bindings::kmod_aead_setkey(self.as_ptr(), key.as_ptr(), length) })?;
        Ok(())
    }

    /// Encrypts `data`, and returns the tag of it and of what is `associated`: `crypto_aead_encrypt()`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if the algorithm does not take as many bytes, or either is more than half a gigabyte; `ENOMEM`. What
    /// was done of `data` then is not said.
    pub fn encrypt(
        &self,
        nonce: &[u8; NONCE],
        associated: &[u8],
        data: &mut [u8],
    ) -> Result<[u8; TAG]> {
        let (associated_length, length) = (length(associated)?, length(data)?);
        let mut tag = [0; TAG];
        // SAFETY: It is there (invariant), nonce and tag have as many bytes as its own (invariant), and the
        // others as many as said, which is together less than 2^31 (`length`, and `new` looks at the tag's
        // size). Where sleeping is not allowed, this is found by `atomic-sleep`.
        to_result(unsafe {
            bindings::kmod_aead_encrypt(
                self.as_ptr(),
                nonce.as_ptr(),
                associated.as_ptr(),
                associated_length,
                data.as_mut_ptr(),
                length,
                tag.as_mut_ptr(),
            )
        })?;
        Ok(tag)
    }

    /// Decrypts `data`, if the tag is that of it and of what is `associated`: `crypto_aead_decrypt()`.
    ///
    /// # Errors
    ///
    /// `EBADMSG` if anything was changed: `data` is then all zeroes, so that nobody takes it for what was sent.
    /// Otherwise those of [`encrypt`](Self::encrypt).
    pub fn decrypt(
        &self,
        nonce: &[u8; NONCE],
        associated: &[u8],
        data: &mut [u8],
        tag: &[u8; TAG],
    ) -> Result {
        let (associated_length, length) = (length(associated)?, length(data)?);
        // SAFETY: It is there (invariant), nonce and tag have as many bytes as its own (invariant), and the
        // others as many as said, which is together less than 2^31 (`length`, and `new` looks at the tag's
        // size). Where sleeping is not allowed, this is found by `atomic-sleep`.
        let ret = to_result(unsafe {
            bindings::kmod_aead_decrypt(
                self.as_ptr(),
                nonce.as_ptr(),
                associated.as_ptr(),
                associated_length,
                data.as_mut_ptr(),
                length,
                tag.as_ptr(),
            )
        });
        if ret == Err(EBADMSG) {
            wipe(data);
        }
        ret.map(drop)
    }

    fn as_ptr(&self) -> *mut crypto_aead {
        self.0.as_ptr()
    }
}

impl<const NONCE: usize, const TAG: usize> Drop for Aead<NONCE, TAG> {
    fn drop(&mut self) {
        // SAFETY: It is what `kmod_aead_alloc()` has given (invariant), and nobody uses it any more.
        unsafe { bindings::kmod_aead_free(self.as_ptr()) };
    }
}
