// SPDX-License-Identifier: GPL-2.0-only
//! Numbers, by the kernel's own handlers.

use core::ffi::c_int;
use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use kmod_bindings::kmod_sysctl_call;

/// A read or write that the kernel asks for.
///
/// # Invariants
/// Its pointers are what the kernel passed to the `proc_handler` that runs.
pub struct Call(pub(super) kmod_sysctl_call);

/// A type that a `#[sysctl]` field can have.
#[diagnostic::on_unimplemented(
    message = "a sysctl cannot be a `{Self}`",
    label = "not a type for `#[sysctl]`",
    note = "use an atomic of `core::sync::atomic` or a `SysctlString`, or `impl Sysctl for {Self}`"
)]
pub trait SysctlCell: Send + Sync + 'static {
    /// What a range is made of.
    type Value: Copy + 'static;

    /// Serves a read or write; gives 0 or an errno.
    fn handle(&self, range: Option<(Self::Value, Self::Value)>, call: &mut Call) -> c_int;
}

macro_rules! numbers {
    ($($atomic:ident $type:ty as $wide:ty, $handler:ident, $min:expr, $max:expr;)*) => {$(
        impl SysctlCell for $atomic {
            type Value = $type;

            fn handle(&self, range: Option<($type, $type)>, call: &mut Call) -> c_int {
                let (min, max) = range.unwrap_or(($min, $max));
                let old = self.load(Ordering::Relaxed);
                let mut value = old as $wide as u64;
                // SAFETY: The call is the one that runs.
                let ret = unsafe {
                    kmod_bindings::$handler(
                        &call.0,
                        &mut value,
                        min as $wide as u64,
                        max as $wide as u64,
                    )
                };
                let value = value as $type;
                // A write that does not parse to its end, or is ignored for its offset, may succeed
                // and leave the value alone: then the module's own changes must stay.
                if ret == 0 && call.0.write != 0 && value != old {
                    self.store(value, Ordering::Relaxed);
                }
                ret
            }
        }
    )*};
    ($($atomic:ident $type:ident as $wide:ident $handler:ident;)*) => {
        numbers! {$(
            $atomic $type as $wide, $handler, $type::MIN, $type::MAX;
        )*}
    };
}

numbers! {
    AtomicI8 i8 as i64 kmod_sysctl_int;
    AtomicI16 i16 as i64 kmod_sysctl_int;
    AtomicI32 i32 as i64 kmod_sysctl_int;
    AtomicU8 u8 as u64 kmod_sysctl_uint;
    AtomicU16 u16 as u64 kmod_sysctl_uint;
    AtomicU32 u32 as u64 kmod_sysctl_uint;
    AtomicI64 i64 as i64 kmod_sysctl_long;
    AtomicIsize isize as i64 kmod_sysctl_long;
    AtomicU64 u64 as u64 kmod_sysctl_ulong;
    AtomicUsize usize as u64 kmod_sysctl_ulong;
}

impl SysctlCell for AtomicBool {
    type Value = bool;

    fn handle(&self, _: Option<(bool, bool)>, call: &mut Call) -> c_int {
        let old = self.load(Ordering::Relaxed);
        let mut value = old.into();
        // SAFETY: The call is the one that runs.
        let ret = unsafe { kmod_bindings::kmod_sysctl_bool(&call.0, &mut value, 0, 1) };
        let value = value != 0;
        if ret == 0 && call.0.write != 0 && value != old {
            self.store(value, Ordering::Relaxed);
        }
        ret
    }
}
