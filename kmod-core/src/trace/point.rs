// SPDX-License-Identifier: GPL-2.0-only
//! Whether an event is on: the static key of its tracepoint.

use kmod_bindings as bindings;

/// Whether the kernel has tracepoints.
pub const POINTS: bool = bindings::KMOD_TRACEPOINTS != 0;

/// Whether a tracepoint's branch is a static one.
pub const BRANCH: bool = bindings::KMOD_TRACEPOINT_BRANCH != 0;

/// Where its static key is.
pub const KEY: usize = bindings::KMOD_TRACEPOINT_KEY as usize;

/// A tracepoint of this module: the kernel's `struct tracepoint`, of which nothing is seen here.
///
/// # Invariants
///
/// It is one that C has defined, which the kernel alone writes to.
#[repr(transparent)]
pub struct Point(bindings::tracepoint);

// SAFETY: Only the kernel writes to it, by its own rules (invariant).
unsafe impl Sync for Point {}

#[cfg(target_os = "none")]
impl Point {
    /// Whether it is on: for kernels without static branches.
    pub fn is_on(&'static self) -> bool {
        // SAFETY: It is a tracepoint, which lives as long as the module's code (invariant).
        unsafe { bindings::kmod_tracepoint_is_on(&self.0) }
    }
}

/// Whether the tracepoint of this symbol is on.
#[cfg(target_os = "none")]
#[doc(hidden)]
#[macro_export]
macro_rules! __trace_is_on {
    ($symbol:literal) => {{
        unsafe extern "C" {
            #[link_name = $symbol]
            static POINT: $crate::__private::trace::Point;
        }
        let mut on = false;
        if $crate::__private::trace::BRANCH {
            // SAFETY: The instruction does nothing, or jumps to the block where the kernel has made it a
            // jump; the row tells the kernel of it, of the block, and of the tracepoint's key, which is
            // false from the start.
            unsafe {
                $crate::__private::asm!(
                    "2:",
                    $crate::__private::static_branch!(),
                    ".pushsection __jump_table, \"aw\"",
                    ".balign 8",
                    ".long 2b - ., {jumps} - .",
                    ".quad {point} + {key} - .",
                    ".popsection",
                    jumps = label { on = true; },
                    point = sym POINT,
                    key = const $crate::__private::trace::KEY,
                    options(nomem, nostack, preserves_flags),
                )
            };
        } else if $crate::__private::trace::POINTS {
            // SAFETY: C has defined it: `cargo kmod` writes that of the event's description.
            on = unsafe { &POINT }.is_on();
        }
        on
    }};
}

/// Hands an event's values to C, to the function of this symbol.
#[cfg(target_os = "none")]
#[doc(hidden)]
#[macro_export]
macro_rules! __trace_send {
    ($symbol:literal, [$($value:expr,)*]) => {
        if $crate::__private::trace::POINTS {
            unsafe extern "C" {
                #[link_name = $symbol]
                fn send(values: *const $crate::__private::trace::TraceValue);
            }
            let values = [$($value,)*];
            // SAFETY: C reads as many values, of whose kinds it was told, and what they point to, which is
            // borrowed until it has returned (`TraceField`'s contract).
            unsafe { send(values.as_ptr()) };
        }
    };
}

/// What C has made of a tracepoint's prototype, which a function of this symbol gives.
#[cfg(target_os = "none")]
#[doc(hidden)]
#[macro_export]
macro_rules! __tracepoint_function {
    ($symbol:literal) => {
        if $crate::__private::trace::POINTS {
            unsafe extern "C" {
                #[link_name = $symbol]
                fn function() -> *mut ::core::ffi::c_void;
            }
            // SAFETY: It only gives an address.
            unsafe { function() }
        } else {
            ::core::ptr::null_mut()
        }
    };
}

/// On the host there are no tracepoints.
#[cfg(not(target_os = "none"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __tracepoint_function {
    ($symbol:literal) => {
        ::core::ptr::null_mut()
    };
}

/// On the host nothing is traced.
#[cfg(not(target_os = "none"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __trace_send {
    ($symbol:literal, [$($value:expr,)*]) => {
        let _ = [$($value,)*];
    };
}

/// On the host nothing is traced.
#[cfg(not(target_os = "none"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __trace_is_on {
    ($symbol:literal) => {
        false
    };
}
