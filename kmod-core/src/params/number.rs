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

use super::ParamType;
use crate::error::code::EINVAL;
use crate::print::CStrPtr;

type Set = unsafe extern "C" fn(*const c_char, *const kernel_param) -> c_int;

/// `kernel_param_ops`, and what [`set`] must know of the type.
#[repr(C)]
struct NumberOps {
    ops: kernel_param_ops,
    parse: Set,
    name: &'static CStr,
    size: u8,
    signed: bool,
}

/// Parses into a variable of its own, checks the range, and stores the value.
///
/// # Safety
/// `kp` is of a [`Param`](super::Param) of a number, and its `ops` those of the number's type;
/// `val` is a C string, or NULL where the type takes the bare name.
unsafe extern "C" fn set(val: *const c_char, kp: *const kernel_param) -> c_int {
    // SAFETY: The kernel passes a valid entry.
    let kp = unsafe { &*kp };
    // SAFETY: `ops` points to the first field of a `NumberOps`.
    let ops = unsafe { &*kp.ops.cast::<NumberOps>() };
    // SAFETY: Every entry that `KernelParam::new` makes has an `arg`.
    let arg = unsafe { kp.__bindgen_anon_1.arg }.cast::<u8>();
    // SAFETY: The name is a C string in a static.
    let name = unsafe { CStrPtr::new(kp.name) };

    let mut parsed = 0u64;
    let mut shadow = *kp;
    shadow.__bindgen_anon_1.arg = (&raw mut parsed).cast();
    // SAFETY: `val` is as the kernel passed it, and `parsed` has room for any number.
    let ret = unsafe { (ops.parse)(val, &shadow) };
    if ret < 0 {
        // SAFETY: `param_set_bool` takes NULL for true; nothing else sees one.
        let val = unsafe { CStrPtr::new(val) };
        // SAFETY: The name is a C string in a static.
        let type_name = unsafe { CStrPtr::new(ops.name.as_ptr()) };
        crate::pr_err!("parameter `{name}`: `{val}` is not of type {type_name}");
        return ret;
    }

    let size = usize::from(ops.size);
    // SAFETY: The value that was just parsed.
    let value = unsafe { ops.read((&raw const parsed).cast()) };
    // SAFETY: The bounds stand behind the value.
    let min = unsafe { ops.read(arg.wrapping_add(size)) };
    // SAFETY: The bounds stand behind the value.
    let max = unsafe { ops.read(arg.wrapping_add(2 * size)) };
    if ops.order(value) < ops.order(min) || ops.order(value) > ops.order(max) {
        if ops.signed {
            let (value, min, max) = (value as i64, min as i64, max as i64);
            crate::pr_err!("parameter `{name}`: {value} is outside {min}..={max}");
        } else {
            crate::pr_err!("parameter `{name}`: {value} is outside {min}..={max}");
        }
        return EINVAL.to_errno();
    }
    // SAFETY: `arg` is the value's place, of that size, and aligned for it; everybody else reads it
    // atomically or under the parameter lock.
    unsafe { store(arg, size, value) };
    0
}

impl NumberOps {
    /// The number at `at`, sign-extended to 64 bits if it has a sign.
    ///
    /// # Safety
    /// There is a number of this type.
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
        if self.signed {
            ((bits << unused) as i64 >> unused) as u64
        } else {
            bits
        }
    }

    /// A key that has the order of the numbers, with or without a sign.
    fn order(&self, value: u64) -> u64 {
        value ^ (u64::from(self.signed) << 63)
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
    ($($type:ty, $name:literal, $atomic:ty, $min:expr, $max:expr, $signed:literal, $flags:expr,
       $set:ident, $get:ident;)*) => {$(
        // SAFETY: `set` stores numbers of this size that `$set` gave, which for `bool` are 0 and 1;
        // `$get` reads a number of this type at the beginning of the `Param`.
        unsafe impl ParamType for $type {
            type Raw = $type;
            type Bound = $type;
            const MIN: $type = $min;
            const MAX: $type = $max;
            const OPS: *const kernel_param_ops = {
                const OPS: &NumberOps = &NumberOps {
                    ops: kernel_param_ops {
                        flags: $flags,
                        set: Some(set),
                        get: Some(kmod_bindings::$get),
                        free: None,
                    },
                    parse: kmod_bindings::$set,
                    name: $name,
                    size: size_of::<$type>() as u8,
                    signed: $signed,
                };
                (&raw const *OPS).cast()
            };

            #[inline(always)]
            unsafe fn load(cell: &UnsafeCell<$type>) -> $type {
                // SAFETY: The cell is valid and aligned; it is written atomically (`store`).
                unsafe { <$atomic>::from_ptr(cell.get()) }.load(Ordering::Relaxed)
            }
        }
    )*};
    ($($type:ident $name:literal $atomic:ident $signed:literal $set:ident $get:ident;)*) => {
        numbers! {$(
            $type, $name, $atomic, $type::MIN, $type::MAX, $signed, 0, $set, $get;
        )*}
    };
}

numbers! {
    bool, c"bool", AtomicBool, false, true, false, kmod_bindings::KERNEL_PARAM_OPS_FL_NOARG,
        param_set_bool, param_get_bool;
}

numbers! {
    i8 c"i8" AtomicI8 true kmod_param_set_s8 kmod_param_get_s8;
    u8 c"u8" AtomicU8 false param_set_byte param_get_byte;
    i16 c"i16" AtomicI16 true param_set_short param_get_short;
    u16 c"u16" AtomicU16 false param_set_ushort param_get_ushort;
    i32 c"i32" AtomicI32 true param_set_int param_get_int;
    u32 c"u32" AtomicU32 false param_set_uint param_get_uint;
    i64 c"i64" AtomicI64 true param_set_long param_get_long;
    u64 c"u64" AtomicU64 false param_set_ullong param_get_ullong;
    isize c"isize" AtomicIsize true param_set_long param_get_long;
    usize c"usize" AtomicUsize false param_set_ulong param_get_ulong;
}
