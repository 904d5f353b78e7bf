// SPDX-License-Identifier: GPL-2.0-only
//! One `read(2)` or `write(2)` of a sysctl.

use core::ffi::{c_int, c_long, c_uint, c_ulong, c_void};
use core::marker::PhantomData;
use core::slice;

use kmod_bindings::{self as bindings, ctl_table, kmod_sysctl_call, loff_t};

use super::Jiffies;
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};
use crate::str::append;

/// What a handler was called with.
///
/// # Invariants
///
/// `call` is that of a running handler. Its buffer is kernel memory: `*lenp` initialised bytes that
/// nobody else uses. Once the handler has set `*lenp`, the buffer is not looked at any more.
pub struct Call<'a> {
    call: kmod_sysctl_call,
    exclusive: PhantomData<&'a mut [u8]>,
}

impl Call<'_> {
    /// The call of a handler.
    ///
    /// # Safety
    ///
    /// The kernel gave these to a handler, and the value is gone when that returns.
    pub(super) unsafe fn new(
        table: *const ctl_table,
        write: c_int,
        buffer: *mut c_void,
        lenp: *mut usize,
        ppos: *mut loff_t,
    ) -> Self {
        // INVARIANT: The arguments are a running handler's, which the value does not outlive (`new`'s contract).
        Self {
            call: kmod_sysctl_call {
                table,
                write,
                buffer,
                lenp,
                ppos,
            },
            exclusive: PhantomData,
        }
    }

    /// Whether this is a `write(2)`.
    pub(super) fn is_write(&self) -> bool {
        self.call.write != 0
    }

    /// The buffer of the call: what is written, or the room for what is read.
    pub(super) fn buffer(&mut self) -> &mut [u8] {
        let len = self.len();
        // SAFETY: These are that many initialised bytes, borrowed as the call is (invariant).
        unsafe { slice::from_raw_parts_mut(self.call.buffer.cast(), len) }
    }

    /// The size of the buffer.
    pub(super) fn len(&self) -> usize {
        // SAFETY: The pointer is valid during the call (invariant).
        unsafe { *self.call.lenp }
    }

    /// The file's position.
    pub(super) fn pos(&self) -> i64 {
        // SAFETY: The pointer is valid during the call (invariant).
        unsafe { *self.call.ppos }
    }

    /// Ends the call: `n` bytes of the buffer were read or written.
    pub(super) fn finish(&mut self, n: usize) {
        let n = n.min(self.len());
        // INVARIANT: The buffer does not grow.
        // SAFETY: The pointer is valid during the call (invariant).
        unsafe { *self.call.lenp = n };
        // SAFETY: The pointer is valid during the call (invariant).
        unsafe { *self.call.ppos += n as i64 };
    }

    /// Has the kernel show `text` or write to it. It holds a NUL, also afterwards.
    pub(super) fn string(&mut self, text: &mut [u8]) -> Result {
        let maxlen = c_int::try_from(text.len())?;
        // SAFETY: A handler's call (invariant), and a buffer of that size that holds a C string.
        let ret =
            unsafe { bindings::kmod_sysctl_string(&self.call, text.as_mut_ptr().cast(), maxlen) };
        to_result(ret)?;
        Ok(())
    }
}

/// A number that the kernel has handlers for: `maxlen` bytes of them at `values`.
///
/// # Safety
///
/// The functions do no more than to show and to write these numbers.
pub unsafe trait Number: Copy + PartialEq {
    /// Shows them or writes to them.
    ///
    /// # Safety
    ///
    /// As [`Call::numbers`].
    unsafe fn plain(
        call: &kmod_sysctl_call,
        values: *mut Self,
        maxlen: c_int,
        range: (Self, Self),
    ) -> c_int;

    /// Shows them or writes to them in a unit of time, where they are jiffies.
    ///
    /// # Safety
    ///
    /// As [`Call::numbers`].
    unsafe fn jiffies(
        call: &kmod_sysctl_call,
        values: *mut Self,
        maxlen: c_int,
        range: (Self, Self),
        unit: Jiffies,
    ) -> c_int {
        let _ = (call, values, maxlen, range, unit);
        EINVAL.to_errno()
    }
}

// SAFETY: These are the kernel's handlers.
unsafe impl Number for c_int {
    unsafe fn plain(
        call: &kmod_sysctl_call,
        values: *mut Self,
        maxlen: c_int,
        (min, max): (Self, Self),
    ) -> c_int {
        // SAFETY: There are `maxlen` bytes of `int`s at `values` during the call (`Call::numbers`'
        // contract).
        unsafe { bindings::kmod_sysctl_int(call, values, maxlen, min, max) }
    }

    unsafe fn jiffies(
        call: &kmod_sysctl_call,
        values: *mut Self,
        maxlen: c_int,
        _range: (Self, Self),
        unit: Jiffies,
    ) -> c_int {
        let unit = match unit {
            Jiffies::Seconds => bindings::KMOD_SYSCTL_SECONDS,
            Jiffies::UserHz => bindings::KMOD_SYSCTL_USER_HZ,
            Jiffies::Ms => bindings::KMOD_SYSCTL_MS,
        };
        // SAFETY: There are `maxlen` bytes of `int`s at `values` during the call (`Call::numbers`'
        // contract).
        unsafe { bindings::kmod_sysctl_jiffies(call, values, maxlen, unit) }
    }
}

// SAFETY: The kernel has no such handler; the helper goes by way of that for `unsigned long`.
unsafe impl Number for c_long {
    unsafe fn plain(
        call: &kmod_sysctl_call,
        values: *mut Self,
        maxlen: c_int,
        (min, max): (Self, Self),
    ) -> c_int {
        // SAFETY: There are `maxlen` bytes of `long`s at `values` during the call (`Call::numbers`'
        // contract).
        unsafe { bindings::kmod_sysctl_long(call, values, maxlen, min, max) }
    }
}

// SAFETY: These are the kernel's handlers.
unsafe impl Number for c_ulong {
    unsafe fn plain(
        call: &kmod_sysctl_call,
        values: *mut Self,
        maxlen: c_int,
        (min, max): (Self, Self),
    ) -> c_int {
        // SAFETY: There are `maxlen` bytes of `unsigned long`s at `values` during the call
        // (`Call::numbers`' contract).
        unsafe { bindings::kmod_sysctl_ulong(call, values, maxlen, min, max) }
    }

    unsafe fn jiffies(
        call: &kmod_sysctl_call,
        values: *mut Self,
        maxlen: c_int,
        (min, max): (Self, Self),
        _unit: Jiffies,
    ) -> c_int {
        // SAFETY: There are `maxlen` bytes of `unsigned long`s at `values` during the call
        // (`Call::numbers`' contract).
        unsafe { bindings::kmod_sysctl_ms_jiffies(call, values, maxlen, min, max) }
    }
}

impl Call<'_> {
    /// Has the kernel show numbers or write to them. Where it refuses one, it has written those
    /// before.
    ///
    /// # Safety
    ///
    /// There are `count` numbers at `values` for as long as the call lasts, which others only use
    /// atomically, if at all.
    pub(super) unsafe fn numbers<N: Number>(
        &mut self,
        values: *mut N,
        count: usize,
        range: (N, N),
        jiffies: Option<Jiffies>,
    ) -> Result {
        let maxlen = count.saturating_mul(size_of::<N>()).try_into()?;
        let ret = match jiffies {
            // SAFETY: A handler's call (invariant), and `count` numbers at `values` as long as it lasts
            // (this function's contract).
            Some(unit) => unsafe { N::jiffies(&self.call, values, maxlen, range, unit) },
            // SAFETY: A handler's call (invariant), and `count` numbers at `values` as long as it
            // lasts (this function's contract).
            None => unsafe { N::plain(&self.call, values, maxlen, range) },
        };
        to_result(ret)?;
        Ok(())
    }

    /// Has the kernel show one `unsigned int` or write to it.
    pub(super) fn uint(&mut self, value: &mut c_uint, (min, max): (c_uint, c_uint)) -> Result {
        // SAFETY: A handler's call (invariant), and a variable.
        to_result(unsafe { bindings::kmod_sysctl_uint(&self.call, value, min, max) })?;
        Ok(())
    }

    /// Gives the piece of a text that stands at the file's position, as `proc_dostring()` does.
    pub(super) fn text(&mut self, write: impl FnOnce(&mut Piece<'_>)) -> Result {
        let mut piece = Piece {
            before: self.pos().try_into()?,
            room: self.buffer(),
            written: 0,
        };
        write(&mut piece);
        let written = piece.written;
        self.finish(written);
        Ok(())
    }
}

/// The piece of a text that a read asks for.
///
/// # Invariants
///
/// `written` is at most the room's length.
pub(super) struct Piece<'a> {
    /// How much of the text comes before it.
    before: usize,
    room: &'a mut [u8],
    written: usize,
}

impl Piece<'_> {
    /// The next bytes of the text.
    pub(super) fn put(&mut self, text: &[u8]) {
        let skipped = self.before.min(text.len());
        self.before -= skipped;
        let text = text.get(skipped..).unwrap_or_default();
        append(self.room, &mut self.written, text);
    }
}
