// SPDX-License-Identifier: GPL-2.0-only
//! Text of limited length.

use core::convert::Infallible;
use core::ffi::{CStr, c_int};

use super::cell::{Call, SysctlCell};
use crate::alloc::{Flags, KString, KVec};
use crate::error::Result;
use crate::sync::Mutex;

/// A text of at most `N - 1` bytes, as a `char[N]` is in C: what is written beyond is cut, as is
/// what follows a newline.
pub struct SysctlString<const N: usize> {
    text: Mutex<[u8; N]>,
}

impl<const N: usize> SysctlString<N> {
    /// A text that begins as `text`.
    ///
    /// # Panics
    /// When it is too long, or has a NUL in it.
    pub const fn new(text: &str) -> Self {
        let from = text.as_bytes();
        assert!(from.len() < N, "the text is too long for its buffer");
        let mut bytes = [0; N];
        let mut i = 0;
        while i < from.len() {
            assert!(from[i] != 0, "a NUL would end the text");
            bytes[i] = from[i];
            i += 1;
        }
        Self {
            text: Mutex::new(bytes),
        }
    }

    /// Hands the text to `look`, which is to be brief: writers wait. The text may be any bytes.
    pub fn with<R>(&self, look: impl FnOnce(&CStr) -> R) -> R {
        let text = self.text.lock();
        look(CStr::from_bytes_until_nul(&*text).unwrap_or_default())
    }

    /// A copy of the text.
    ///
    /// # Errors
    /// ENOMEM when there is no memory, EINVAL when the text is not UTF-8.
    pub fn get(&self, flags: Flags) -> Result<KString> {
        let mut copy = KVec::with_capacity(N, flags)?;
        self.with(|text| copy.extend_from_slice(text.to_bytes(), flags))?;
        KString::from_utf8(copy)
    }
}

impl<const N: usize> Default for SysctlString<N> {
    fn default() -> Self {
        Self::new("")
    }
}

impl<const N: usize> SysctlCell for SysctlString<N> {
    type Value = Infallible;

    fn handle(&self, _: Option<(Infallible, Infallible)>, call: &mut Call) -> c_int {
        let mut text = self.text.lock();
        // SAFETY: The call is the one that runs; the kernel leaves a C string in the text's bytes.
        unsafe { kmod_bindings::kmod_sysctl_string(&call.0, text.as_mut_ptr().cast(), N) }
    }
}
