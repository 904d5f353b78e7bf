// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls that the kernel's own handler reads and writes without us: those of C.

use core::ffi::{CStr, c_int, c_ulong};

use kmod_bindings::{self as bindings, kmod_sysctl};

/// Numbers that the kernel's own handler can work on.
///
/// # Invariants
///
/// The pointer is to `len` atomics of that size, which live as long as what they were borrowed from.
pub struct Direct {
    numbers: Numbers,
    len: usize,
}

/// The numbers, and which of them are taken; `None` for all of the type.
enum Numbers {
    Int(*mut c_int, Option<(c_int, c_int)>),
    Ulong(*mut c_ulong, Option<(c_ulong, c_ulong)>),
}

impl Direct {
    /// Of C's `int`.
    ///
    /// # Safety
    ///
    /// `numbers` is a borrowed row of so many atomics of that size.
    #[inline]
    pub(super) unsafe fn int(
        numbers: *mut c_int,
        len: usize,
        range: Option<(c_int, c_int)>,
    ) -> Self {
        // INVARIANT: As the caller promises.
        Self {
            numbers: Numbers::Int(numbers, range),
            len,
        }
    }

    /// Of C's `unsigned long`.
    ///
    /// # Safety
    ///
    /// As [`int`](Self::int).
    #[inline]
    pub(super) unsafe fn ulong(
        numbers: *mut c_ulong,
        len: usize,
        range: Option<(c_ulong, c_ulong)>,
    ) -> Self {
        // INVARIANT: As the caller promises.
        Self {
            numbers: Numbers::Ulong(numbers, range),
            len,
        }
    }

    /// Registers the file; returns what C does.
    ///
    /// # Safety
    ///
    /// `sysctl` is static memory that is not registered, and what the numbers were borrowed from
    /// lives until it is unregistered.
    #[inline]
    pub(super) unsafe fn register(
        self,
        sysctl: *mut kmod_sysctl,
        dir: &'static CStr,
        name: &'static CStr,
        mode: u16,
    ) -> c_int {
        let (dir, name) = (dir.as_ptr(), name.as_ptr());
        // A row that is longer would not fit into the module.
        let maxlen = |size: usize| (self.len * size) as c_int;
        match self.numbers {
            Numbers::Int(data, None) => {
                let maxlen = maxlen(size_of::<c_int>());
                // SAFETY: As the caller promises, and these are so many bytes (invariant).
                unsafe { bindings::kmod_sysctl_register_int(sysctl, dir, name, mode, data, maxlen) }
            }
            Numbers::Int(data, Some((min, max))) => {
                let maxlen = maxlen(size_of::<c_int>());
                // SAFETY: As above.
                unsafe {
                    bindings::kmod_sysctl_register_int_range(
                        sysctl, dir, name, mode, data, maxlen, min, max,
                    )
                }
            }
            Numbers::Ulong(data, None) => {
                let maxlen = maxlen(size_of::<c_ulong>());
                // SAFETY: As above.
                unsafe {
                    bindings::kmod_sysctl_register_ulong(sysctl, dir, name, mode, data, maxlen)
                }
            }
            Numbers::Ulong(data, Some((min, max))) => {
                let maxlen = maxlen(size_of::<c_ulong>());
                // SAFETY: As above.
                unsafe {
                    bindings::kmod_sysctl_register_ulong_range(
                        sysctl, dir, name, mode, data, maxlen, min, max,
                    )
                }
            }
        }
    }
}
