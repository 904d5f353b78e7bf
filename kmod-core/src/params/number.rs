// SPDX-License-Identifier: GPL-2.0-only
//! `bool` and the integers. One function serves them all: a module with ten types of parameters
//! does not carry it ten times.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char, c_int};
use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use kmod_bindings::{kernel_param, kernel_param_ops};

use super::{Kind, Named, Param, ParamType};
use crate::error::code::EINVAL;
use crate::print::CStrPtr;

const OPS: kernel_param_ops = kernel_param_ops {
    flags: 0,
    set: Some(set),
    get: Some(super::get),
    free: None,
};

const FLAG_OPS: kernel_param_ops = kernel_param_ops {
    flags: kmod_bindings::KERNEL_PARAM_OPS_FL_NOARG,
    ..OPS
};

/// Parses into a variable of its own, checks the range, and stores the value.
///
/// # Safety
/// [`KernelParam::new`](super::KernelParam::new) made `kp` for a number; `val` is a C string, or
/// NULL for a `bool`.
unsafe extern "C" fn set(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: As the caller promises.
    let param = unsafe { Named::new(kp) };
    // SAFETY: The name is a C string in a static.
    let name = unsafe { CStrPtr::new(param.kp.name) };

    let mut parsed = 0u64;
    // SAFETY: `parsed` has room for any number.
    let ret = unsafe { param.parse(val, (&raw mut parsed).cast()) };
    if ret < 0 {
        // SAFETY: `bool` takes NULL for true; nothing else sees one.
        let val = unsafe { CStrPtr::new(val) };
        // SAFETY: `Kind::new` ends it with a NUL.
        let type_name = unsafe { CStrPtr::new((&raw const param.kind.name).cast()) };
        crate::pr_err!("parameter `{name}`: `{val}` is not of type {type_name}");
        return ret;
    }

    let size = usize::from(param.kind.size);
    // SAFETY: The value that was just parsed.
    let value = unsafe { param.kind.read((&raw const parsed).cast()) };
    // SAFETY: The bounds stand behind the value.
    let min = unsafe { param.kind.read(param.value.wrapping_add(size)) };
    // SAFETY: The bounds stand behind the value.
    let max = unsafe { param.kind.read(param.value.wrapping_add(2 * size)) };
    if param.kind.order(value) < param.kind.order(min)
        || param.kind.order(value) > param.kind.order(max)
    {
        if param.kind.special {
            let (value, min, max) = (value as i64, min as i64, max as i64);
            crate::pr_err!("parameter `{name}`: {value} is outside {min}..={max}");
        } else {
            crate::pr_err!("parameter `{name}`: {value} is outside {min}..={max}");
        }
        return EINVAL.to_errno();
    }
    // SAFETY: It is the value's place, of that size, and aligned for it; everybody else reads it
    // atomically or under the parameter lock.
    unsafe { store(param.value, size, value) };
    0
}

impl Kind {
    /// The number at `at`, sign-extended to 64 bits if it has a sign.
    ///
    /// # Safety
    /// There is a number of this kind.
    unsafe fn read(&self, at: *const u8) -> u64 {
        let bits = match self.size {
            // SAFETY: As the caller promises.
            1 => unsafe { at.read() }.into(),
            // SAFETY: As the caller promises.
            2 => unsafe { at.cast::<u16>().read() }.into(),
            // SAFETY: As the caller promises.
            4 => unsafe { at.cast::<u32>().read() }.into(),
            // SAFETY: As the caller promises.
            _ => unsafe { at.cast::<u64>().read() },
        };
        let unused = 64 - 8 * u32::from(self.size);
        if self.special {
            ((bits << unused) as i64 >> unused) as u64
        } else {
            bits
        }
    }

    /// A key that has the order of the numbers, with or without a sign.
    fn order(&self, value: u64) -> u64 {
        value ^ (u64::from(self.special) << 63)
    }
}

/// Stores the low `size` bytes of `value`.
///
/// # Safety
/// `at` is aligned and valid for them, and not accessed otherwise than atomically meanwhile.
unsafe fn store(at: *mut u8, size: usize, value: u64) {
    const ORDER: Ordering = Ordering::Relaxed;
    match size {
        // SAFETY: As the caller promises.
        1 => unsafe { AtomicU8::from_ptr(at) }.store(value as u8, ORDER),
        // SAFETY: As the caller promises.
        2 => unsafe { AtomicU16::from_ptr(at.cast()) }.store(value as u16, ORDER),
        // SAFETY: As the caller promises.
        4 => unsafe { AtomicU32::from_ptr(at.cast()) }.store(value as u32, ORDER),
        // SAFETY: As the caller promises.
        _ => unsafe { AtomicU64::from_ptr(at.cast()) }.store(value, ORDER),
    }
}

macro_rules! numbers {
    ($($type:ident $atomic:ident $base:ident $signed:literal $ops:ident $min:expr, $max:expr;)*) => {$(
        // SAFETY: `set` stores numbers of this size that `$base` parsed, which for `bool` are 0 and
        // 1.
        unsafe impl ParamType for $type {
            type Raw = $type;
            type Bound = $type;
            const OPS: &'static kernel_param_ops = &$ops;

            #[inline(always)]
            unsafe fn load(cell: &UnsafeCell<$type>) -> $type {
                // SAFETY: The cell is valid and aligned; it is written atomically (`store`).
                unsafe { $atomic::from_ptr(cell.get()) }.load(Ordering::Relaxed)
            }
        }

        impl Param<$type> {
            /// A parameter that takes every value of its type.
            pub const fn new(name: &'static CStr, default: $type) -> Self {
                Self::with_range(name, default, $min, $max)
            }

            /// A parameter that takes the values from `min` to `max`.
            pub const fn with_range(
                _name: &'static CStr,
                default: $type,
                min: $type,
                max: $type,
            ) -> Self {
                let name = stringify!($type);
                let base = &raw const kmod_bindings::$base;
                Self {
                    kind: Kind::new(base, name, size_of::<$type>(), $signed),
                    value: UnsafeCell::new(default),
                    range: [min, max],
                }
            }
        }
    )*};
}

numbers! {
    bool AtomicBool param_ops_bool false FLAG_OPS false, true;
    i8 AtomicI8 kmod_param_ops_s8 true OPS i8::MIN, i8::MAX;
    u8 AtomicU8 param_ops_byte false OPS u8::MIN, u8::MAX;
    i16 AtomicI16 param_ops_short true OPS i16::MIN, i16::MAX;
    u16 AtomicU16 param_ops_ushort false OPS u16::MIN, u16::MAX;
    i32 AtomicI32 param_ops_int true OPS i32::MIN, i32::MAX;
    u32 AtomicU32 param_ops_uint false OPS u32::MIN, u32::MAX;
    i64 AtomicI64 param_ops_long true OPS i64::MIN, i64::MAX;
    u64 AtomicU64 param_ops_ullong false OPS u64::MIN, u64::MAX;
    isize AtomicIsize param_ops_long true OPS isize::MIN, isize::MAX;
    usize AtomicUsize param_ops_ulong false OPS usize::MIN, usize::MAX;
}
