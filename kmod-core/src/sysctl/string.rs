// SPDX-License-Identifier: GPL-2.0-only
//! Text that is read and written through `/proc/sys`.

use core::ffi::{c_int, c_void};
use core::ptr;

use kmod_bindings::{self as bindings, ctl_table, loff_t};

use super::table::TablePtr;
use super::{Call, Direct, How, NoRange, SysctlCell};
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};
use crate::str::{append, is_ascii, is_utf8};
use crate::sync::{Mutex, MutexGuard};

/// A text of at most `N - 1` bytes: a field under `#[sysctl]`.
///
/// What is written is cut at its first newline or NUL, and to `N - 1` bytes, as `proc_dostring()`
/// does; a text that is not UTF-8 then (also one cut within a character, or written into one) is
/// EINVAL, and the old text stays.
///
/// To be used where sleeping is allowed.
///
/// ```
/// use kmod_core::prelude::*;
///
/// let name = SysctlString::<16>::new("nobody");
/// name.set("somebody")?;
/// assert_eq!(name.with(str::len), 8);
/// # Ok::<(), Error>(())
/// ```
///
/// # Invariants
///
/// What is before its first NUL is UTF-8, and there is a NUL.
pub struct SysctlString<const N: usize>(Mutex<[u8; N]>);

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
    #[track_caller]
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
        Self(Mutex::new(begin))
    }

    /// Calls `f` with the text, which stays as it is meanwhile.
    ///
    /// `f` must not use this same text through `with` or `set`: it would wait for itself.
    pub fn with<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        let now = self.0.lock();
        // SAFETY: It is UTF-8 (invariant).
        f(unsafe { str::from_utf8_unchecked(until_nul(&*now)) })
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
        let mut now = self.0.lock();
        // INVARIANT: It is a `&str`, and at least one zero follows.
        *now = [0; N];
        append(&mut *now, &mut 0, text.as_bytes());
        Ok(())
    }
}

impl<const N: usize> Default for SysctlString<N> {
    /// No text.
    #[track_caller]
    fn default() -> Self {
        Self::new("")
    }
}

// SAFETY: `N` bytes of text are `TEXT` bytes into it, and `handler` takes their lock.
unsafe impl<const N: usize> SysctlCell for SysctlString<N> {
    type Module = ();
    type Value = NoRange;

    const DIRECT: Option<Direct> = Some(Direct::Text {
        at: TEXT,
        len: N,
        handler: Some(handler::<_>),
    });

    fn handle(&self, (): &(), call: &mut Call<'_>, _: &How<NoRange>) -> Result {
        locked(&self.0, call, |call, text| call.string(text))
    }
}

/// How far into a [`SysctlString`] the text is, in bytes.
const TEXT: usize = Mutex::<[u8; 0]>::VALUE;

/// The `proc_handler` of a text: `proc_dostring()` on it, with its lock.
///
/// # Safety
///
/// The kernel calls it for a registered entry. `data` is the text of a `SysctlString<N>`, and
/// `maxlen` is `N`.
unsafe extern "C" fn handler<P: TablePtr>(
    table: P,
    write: c_int,
    buffer: *mut c_void,
    lenp: *mut usize,
    ppos: *mut loff_t,
) -> c_int {
    let table = table.get();
    // SAFETY: The kernel's argument.
    let ctl_table { data, maxlen, .. } = unsafe { *table };
    let whole = data.wrapping_byte_sub(TEXT).cast::<u8>();
    let whole = ptr::slice_from_raw_parts(whole, maxlen as usize) as *const Mutex<[u8]>;
    // SAFETY: `data` is the text of a `SysctlString<N>`, and `maxlen` is `N` (this function's
    // contract).
    let text = unsafe { &*whole };
    // SAFETY: The kernel's call, which lasts until this returns.
    let mut call = unsafe { Call::new(table, write, buffer, lenp, ppos) };
    let answered = locked(text, &mut call, |_, _| {
        // SAFETY: The kernel's arguments, to be used on the text that is locked.
        let ret = unsafe { bindings::proc_dostring(table.cast_mut(), write, buffer, lenp, ppos) };
        to_result(ret)?;
        Ok(())
    });
    match answered {
        Ok(()) => 0,
        Err(error) => error.to_errno(),
    }
}

/// Has `proc_dostring()` called on the text while it is locked, if what is written leaves it UTF-8.
#[inline(always)]
fn locked(
    text: &Mutex<[u8]>,
    call: &mut Call<'_>,
    proc_dostring: impl FnOnce(&mut Call<'_>, &mut MutexGuard<'_, [u8]>) -> Result,
) -> Result {
    let mut text = text.lock();
    if call.is_write() && !stays_utf8(&text, call) {
        return Err(EINVAL);
    }
    // INVARIANT: Of a write, the kernel takes what was looked at, and ends it with a NUL.
    proc_dostring(call, &mut text)
}

/// Whether the kernel may write to the text: at the file's position, or at the text's start, as
/// `kernel.sysctl_writes_strict` says.
#[inline(always)]
fn stays_utf8(text: &[u8], call: &mut Call<'_>) -> bool {
    let pos = call.pos();
    let written = call.buffer();
    let written = &written[..written.len().min(text.len() - 1)];
    (is_ascii(written) && pos == 0) || stays_utf8_at(text, written, pos)
}

#[cold]
fn stays_utf8_at(text: &[u8], written: &[u8], pos: i64) -> bool {
    let old = until_nul(text);
    // Nothing is written behind the end.
    let at = usize::try_from(pos).unwrap_or(0);
    let at = if at <= old.len() { at } else { 0 };
    is_utf8(old.get(..at).unwrap_or(old))
        && [0, at].into_iter().all(|at| {
            let room = (text.len() - 1).saturating_sub(at);
            // It takes a line.
            let ends = |byte: &u8| matches!(byte, 0 | b'\n');
            let line = written.iter().take(room).position(ends);
            let len = line.unwrap_or(room);
            is_utf8(written.get(..len).unwrap_or(written))
        })
}
