// SPDX-License-Identifier: GPL-2.0-only
//! One `read(2)` or `write(2)` of a sysctl.

use core::ffi::{c_int, c_long, c_uint, c_ulong};
use core::marker::PhantomData;
use core::slice;

use kmod_bindings::{self as bindings, kmod_sysctl_call};

use crate::error::{Result, to_result};

/// What a handler was called with.
///
/// # Invariants
///
/// `call` is that of a running handler. Its buffer is kernel memory: `*lenp` initialised bytes that
/// nobody else uses. Once the handler has set `*lenp`, the buffer is not looked at any more.
pub struct Call<'a> {
    call: &'a kmod_sysctl_call,
    exclusive: PhantomData<&'a mut [u8]>,
}

impl<'a> Call<'a> {
    /// The call of a handler.
    ///
    /// # Safety
    ///
    /// The kernel gave `call` to a handler, and the value is gone when that returns.
    pub(super) unsafe fn new(call: *const kmod_sysctl_call) -> Self {
        // INVARIANT: As the caller promises.
        Self {
            // SAFETY: As the caller promises.
            call: unsafe { &*call },
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
            unsafe { bindings::kmod_sysctl_string(self.call, text.as_mut_ptr().cast(), maxlen) };
        to_result(ret)?;
        Ok(())
    }
}

/// A number that the kernel has a handler for.
pub(super) trait Number: Copy + PartialEq {
    /// Has the kernel show `value` or write to it.
    fn handle(value: &mut Self, call: &mut Call<'_>, min: Self, max: Self) -> Result;
}

macro_rules! numbers {
    ($($type:ty: $helper:ident,)*) => {$(
        impl Number for $type {
            #[inline]
            fn handle(value: &mut Self, call: &mut Call<'_>, min: Self, max: Self) -> Result {
                // SAFETY: A handler's call (invariant), and a variable of the helper's type.
                to_result(unsafe { bindings::$helper(call.call, value, min, max) })?;
                Ok(())
            }
        }
    )*};
}

numbers! {
    c_int: kmod_sysctl_int,
    c_uint: kmod_sysctl_uint,
    c_long: kmod_sysctl_long,
    c_ulong: kmod_sysctl_ulong,
}
