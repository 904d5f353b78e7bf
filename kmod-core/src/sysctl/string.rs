// SPDX-License-Identifier: GPL-2.0-only
//! Text that is read and written through `/proc/sys`.

use super::{Call, How, NoRange, SysctlCell};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::str::is_utf8;
use crate::sync::Mutex;

/// A text of at most `N - 1` bytes: a field under `#[sysctl]`.
///
/// What is written is cut at its first newline or NUL, and to `N - 1` bytes, as `proc_dostring()`
/// does; a text that is not UTF-8 then (also one cut within a character) is EINVAL, and the old
/// text stays.
///
/// It takes `2 * N` bytes. To be used where sleeping is allowed.
///
/// ```
/// use kmod_core::prelude::*;
///
/// let name = SysctlString::<16>::new("nobody");
/// name.set("somebody")?;
/// assert_eq!(name.with(str::len), 8);
/// # Ok::<(), Error>(())
/// ```
pub struct SysctlString<const N: usize>(Mutex<Texts<N>>);

/// # Invariants
///
/// Of `text`, what is before its first NUL is UTF-8, and there is a NUL.
struct Texts<const N: usize> {
    text: [u8; N],
    /// Where the kernel writes to, for the time of a call.
    written: [u8; N],
}

/// What is before the first NUL.
fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

impl<const N: usize> SysctlString<N> {
    /// A text to begin with.
    ///
    /// # Panics
    ///
    /// When it has more than `N - 1` bytes, or a NUL among them. In a `const` or a `static` that is
    /// a compile error.
    pub const fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        assert!(
            bytes.len() < N,
            "the text is longer than the sysctl, which has room for N - 1 bytes"
        );
        let mut begin = [0; N];
        let mut i = 0;
        while i < bytes.len() {
            assert!(bytes[i] != 0, "the text of a sysctl has no NUL");
            begin[i] = bytes[i];
            i += 1;
        }
        // INVARIANT: It is a `&str`, followed by zeroes.
        Self(Mutex::new(Texts {
            text: begin,
            written: [0; N],
        }))
    }

    /// Calls `f` with the text, which stays as it is meanwhile.
    ///
    /// `f` must not use this same text through `with` or `set`: it would wait for itself.
    pub fn with<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        let texts = self.0.lock();
        // SAFETY: It is UTF-8 (invariant).
        f(unsafe { str::from_utf8_unchecked(until_nul(&texts.text)) })
    }

    /// Replaces the text.
    ///
    /// # Errors
    ///
    /// `EINVAL` when it has more than `N - 1` bytes, or a NUL among them; the old text stays.
    pub fn set(&self, text: &str) -> Result {
        if text.len() >= N || text.contains('\0') {
            return Err(EINVAL);
        }
        let mut texts = self.0.lock();
        // INVARIANT: It is a `&str`, and at least one zero follows.
        texts.text = [0; N];
        texts.text[..text.len()].copy_from_slice(text.as_bytes());
        Ok(())
    }
}

impl<const N: usize> Default for SysctlString<N> {
    /// No text.
    fn default() -> Self {
        Self::new("")
    }
}

impl<const N: usize> SysctlCell for SysctlString<N> {
    type Module = ();
    type Value = NoRange;

    fn handle(&self, (): &(), call: &mut Call<'_>, _: &How<NoRange>) -> Result {
        let mut texts = self.0.lock();
        let texts = &mut *texts;
        texts.written = texts.text;
        call.string(&mut texts.written)?;
        if call.is_write() {
            if !is_utf8(until_nul(&texts.written)) {
                return Err(EINVAL);
            }
            // INVARIANT: It is UTF-8, and the kernel ended it with a NUL.
            texts.text = texts.written;
        }
        Ok(())
    }
}
