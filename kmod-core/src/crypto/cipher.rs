// SPDX-License-Identifier: GPL-2.0-only
//! Ciphers of any algorithm.

use core::ffi::CStr;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, crypto_skcipher};

use super::length;
use crate::error::code::EINVAL;
use crate::error::{Result, from_err_ptr, to_result};

/// A symmetric cipher with a key, whose initialisation vectors have `IV` bytes: the kernel's
/// `struct crypto_skcipher`.
///
/// It works where the data is, whatever memory that is. What a scatter list may not have (a stack, memory of the
/// module or of `vmalloc()`) is copied to memory of its own and back. All it does may sleep.
///
/// A cipher alone does not show that data was changed: [`Aead`](super::Aead) does.
///
/// ```no_run
/// use kmod_core::crypto::Cipher;
/// use kmod_core::random::getrandom;
///
/// let cipher = Cipher::<16>::new(c"cbc(aes)", &[7; 32])?;
/// let mut iv = [0; 16];
/// getrandom(&mut iv)?;
/// let mut data = *b"a block, or more";
/// cipher.encrypt(&mut iv.clone(), &mut data)?;
/// cipher.decrypt(&mut iv, &mut data)?;
/// assert_eq!(&data, b"a block, or more");
/// # Ok::<(), kmod_core::Error>(())
/// ```
///
/// # Invariants
///
/// It is what `kmod_cipher_alloc()` has given, and its vectors have `IV` bytes.
pub struct Cipher<const IV: usize>(NonNull<crypto_skcipher>);

// SAFETY: The kernel's functions for it may be called from any task.
unsafe impl<const IV: usize> Send for Cipher<IV> {}
// SAFETY: What `&self` gives leaves its key alone: several may use one at once.
unsafe impl<const IV: usize> Sync for Cipher<IV> {}

impl<const IV: usize> Cipher<IV> {
    /// One of this algorithm, with this key: `crypto_alloc_skcipher()`.
    ///
    /// # Errors
    ///
    /// `ENOENT` if there is no such algorithm, or it is not one of those that are done at once; `EINVAL` if its
    /// vectors have another size, or its keys another length.
    pub fn new(algorithm: &CStr, key: &[u8]) -> Result<Self> {
        // SAFETY: It is a string. Where sleeping is not allowed, this is found by `atomic-sleep`.
        let cipher = from_err_ptr(unsafe { bindings::kmod_cipher_alloc(algorithm.as_ptr()) })?;
        // INVARIANT: It was given just now; the size of its vectors is looked at before anybody uses it.
        let mut cipher = Self(cipher);
        // SAFETY: It was allocated, and is not freed before the value is dropped (`Cipher`'s invariant).
        let size = unsafe { bindings::kmod_cipher_iv_size(cipher.as_ptr()) };
        if size as usize != IV {
            return Err(EINVAL);
        }
        cipher.set_key(key)?;
        Ok(cipher)
    }

    /// Gives it another key: `crypto_skcipher_setkey()`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if the algorithm has no keys of this length. It has no key then: to use it is `ENOKEY`.
    pub fn set_key(&mut self, key: &[u8]) -> Result {
        let length = length(key)?;
        // SAFETY: It is there (invariant), nobody else uses it (`&mut`), and the key is readable.
        to_result(unsafe { bindings::kmod_cipher_setkey(self.as_ptr(), key.as_ptr(), length) })?;
        Ok(())
    }

    /// Encrypts `data`: `crypto_skcipher_encrypt()`. For algorithms that go on from block to block (`cbc(…)`,
    /// `ctr(…)`), `iv` becomes what the next part begins with; for others it is of no use afterwards.
    ///
    /// # Errors
    ///
    /// `EINVAL` if `data` does not consist of whole blocks and the algorithm asks for them, or is more than half a
    /// gigabyte; `ENOMEM`. What was done of `data` then is not said.
    pub fn encrypt(&self, iv: &mut [u8; IV], data: &mut [u8]) -> Result {
        self.crypt(true, iv, data)
    }

    /// Decrypts `data`, as [`encrypt`](Self::encrypt) encrypts it: `crypto_skcipher_decrypt()`.
    ///
    /// # Errors
    ///
    /// Those of [`encrypt`](Self::encrypt).
    pub fn decrypt(&self, iv: &mut [u8; IV], data: &mut [u8]) -> Result {
        self.crypt(false, iv, data)
    }

    fn crypt(&self, encrypt: bool, iv: &mut [u8; IV], data: &mut [u8]) -> Result {
        let length = length(data)?;
        let (iv, data) = (iv.as_mut_ptr(), data.as_mut_ptr());
        // SAFETY: It is there (invariant), `iv` has as many bytes as its vectors (invariant), and `data` as
        // many as said; both are nobody else's. Where sleeping is not allowed, this is found by
        // `atomic-sleep`.
        to_result(unsafe {
            bindings::kmod_cipher_crypt(self.as_ptr(), encrypt, iv, data, length)
        })?;
        Ok(())
    }

    fn as_ptr(&self) -> *mut crypto_skcipher {
        self.0.as_ptr()
    }
}

impl<const IV: usize> Drop for Cipher<IV> {
    fn drop(&mut self) {
        // SAFETY: It is what `kmod_cipher_alloc()` has given (invariant), and nobody uses it any more.
        unsafe { bindings::kmod_cipher_free(self.as_ptr()) };
    }
}
