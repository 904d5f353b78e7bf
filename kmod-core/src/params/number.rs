// SPDX-License-Identifier: GPL-2.0-only
//! `bool` and the integers. One function serves them all: a module with ten types of parameters
//! does not carry it ten times.

use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char, c_int, c_uint};
use core::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16,
    AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

use kmod_bindings::{kernel_param, kernel_param_ops};

use super::cell::ParamCell;
use super::{Kind, Param, ParamType, Table, arg, kernel_get, kernel_set, kind};
use crate::error::code::EINVAL;
use crate::error::{Error, Result};
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
    // SAFETY: `KernelParam::new` made `kp` for a number (this function's contract).
    let (kind, _) = unsafe { kind(kp) };
    // SAFETY: The caller's entry.
    let kp = unsafe { &*kp };
    // SAFETY: `KernelParam::new` made `kp` (this function's contract).
    let place = unsafe { arg(kp) };
    let size = usize::from(kind.size);
    // SAFETY: `val` is a C string, or NULL for a `bool` (this function's contract); the bounds
    // stand behind the value.
    match unsafe { parse(kind, kp, val, place.wrapping_add(size)) } {
        Ok(value) => {
            // SAFETY: It is the value's place, of that size, and aligned for it; everybody else
            // reads it atomically or under the parameter lock.
            unsafe { store(place, size, value) };
            0
        }
        Err(errno) => errno,
    }
}

/// The number that `val` is, if it is one that the parameter takes. The log says why not.
///
/// # Errors
/// The negative errno.
///
/// # Safety
/// `kp` is an entry of the kernel's, and at `bounds` are two numbers of this kind; `val` is as for
/// [`set`].
#[inline]
unsafe fn parse(
    kind: &Kind,
    kp: &kernel_param,
    val: *const c_char,
    bounds: *const u8,
) -> Result<u64, c_int> {
    let mut parsed = 0u64;
    // SAFETY: `parsed` has room for any number.
    let ret = unsafe { kernel_set(kind.base, val, kp, (&raw mut parsed).cast()) };
    if ret < 0 {
        // SAFETY: The caller's text; `bool` takes NULL for true, nothing else sees one.
        unsafe { kind.refuse(kp, val) };
        return Err(ret);
    }
    // SAFETY: The value that was just parsed.
    let value = unsafe { kind.read((&raw const parsed).cast()) };
    // SAFETY: The caller's bounds.
    unsafe { kind.check(kp, value, bounds) }.map_err(Error::to_errno)?;
    Ok(value)
}

impl Kind {
    /// Logs that `val` is not of this type.
    ///
    /// # Safety
    /// [`KernelParam::new`](super::KernelParam::new) made `kp`; `val` is a C string or NULL.
    #[inline(never)]
    pub(super) unsafe fn refuse(&self, kp: &kernel_param, val: *const c_char) {
        // SAFETY: The name is a C string in a static.
        let name = unsafe { CStrPtr::new(kp.name) };
        // SAFETY: `val` is a C string or NULL (this function's contract).
        let val = unsafe { CStrPtr::new(val) };
        // SAFETY: `Kind::new` ends it with a NUL.
        let type_name = unsafe { CStrPtr::new((&raw const self.name).cast()) };
        crate::pr_err!("parameter `{name}`: `{val}` is not of type {type_name}");
    }

    /// Refuses a value that is outside of its bounds, and says so in the log.
    ///
    /// # Errors
    /// EINVAL.
    ///
    /// # Safety
    /// [`KernelParam::new`](super::KernelParam::new) made `kp`; at `bounds` are two numbers of this
    /// kind.
    pub(super) unsafe fn check(&self, kp: &kernel_param, value: u64, bounds: *const u8) -> Result {
        // SAFETY: At `bounds` are two numbers of this kind (this function's contract).
        let min = unsafe { self.read(bounds) };
        // SAFETY: At `bounds` are two numbers of this kind (this function's contract): this is the
        // second.
        let max = unsafe { self.read(bounds.wrapping_add(self.size.into())) };
        if self.order(min) <= self.order(value) && self.order(value) <= self.order(max) {
            return Ok(());
        }
        // SAFETY: The name is a C string in a static.
        let name = unsafe { CStrPtr::new(kp.name) };
        if self.special {
            let (value, min, max) = (value as i64, min as i64, max as i64);
            crate::pr_err!("parameter `{name}`: {value} is outside {min}..={max}");
        } else {
            crate::pr_err!("parameter `{name}`: {value} is outside {min}..={max}");
        }
        Err(EINVAL)
    }

    /// The number at `at`, sign-extended to 64 bits if it has a sign.
    ///
    /// # Safety
    /// There is a number of this kind.
    #[inline(never)]
    pub(super) unsafe fn read(&self, at: *const u8) -> u64 {
        let bits = match self.size {
            // SAFETY: There is a number of this kind, of one byte (this function's contract).
            1 => unsafe { at.read() }.into(),
            // SAFETY: There is a number of this kind, of two bytes (this function's contract).
            2 => unsafe { at.cast::<u16>().read() }.into(),
            // SAFETY: There is a number of this kind, of four bytes (this function's contract).
            4 => unsafe { at.cast::<u32>().read() }.into(),
            // SAFETY: There is a number of this kind, of eight bytes (this function's contract).
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
        // SAFETY: `at` is valid for a byte, which is accessed atomically only (this function's
        // contract).
        1 => unsafe { AtomicU8::from_ptr(at) }.store(value as u8, ORDER),
        // SAFETY: `at` is aligned and valid for two bytes, which are accessed atomically only (this
        // function's contract).
        2 => unsafe { AtomicU16::from_ptr(at.cast()) }.store(value as u16, ORDER),
        // SAFETY: `at` is aligned and valid for four bytes, which are accessed atomically only
        // (this function's contract).
        4 => unsafe { AtomicU32::from_ptr(at.cast()) }.store(value as u32, ORDER),
        // SAFETY: `at` is aligned and valid for eight bytes, which are accessed atomically only
        // (this function's contract).
        _ => unsafe { AtomicU64::from_ptr(at.cast()) }.store(value, ORDER),
    }
}

/// A number that a parameter can be, or a way of the kernel's to write it: [`HexInt`] is a `u32`.
///
/// # Safety
/// The kernel's functions at `BASE` read and write a `Raw`, which shows as at most `WIDTH` bytes.
pub unsafe trait Number:
    ParamType<Raw = Self::Int, Bound = Self::Int, Value = Self::Int>
{
    /// The type of the value.
    type Int: Copy + Send + Sync + 'static;
    /// Some value.
    const ZERO: Self::Int;
    /// The bounds of the type.
    const BOUNDS: [Self::Int; 2];
    /// How many bytes it takes in sysfs, at most.
    const WIDTH: usize;
    /// What the functions must know of it.
    const KIND: Kind;

    /// The value whose bits these are.
    fn from_bits(bits: u64) -> Self::Int;
}

impl<T: Number> Param<T> {
    /// A parameter that takes every value of its type.
    pub const fn new(name: &'static CStr, default: T::Int) -> Self {
        let [min, max] = T::BOUNDS;
        Self::with_range(name, default, min, max)
    }

    /// A parameter that takes the values from `min` to `max`.
    pub const fn with_range(
        _name: &'static CStr,
        default: T::Int,
        min: T::Int,
        max: T::Int,
    ) -> Self {
        Self {
            value: UnsafeCell::new(default),
            range: [min, max],
        }
    }
}

// SAFETY: It is read and written atomically.
unsafe impl<T: Number> ParamCell for Param<T> {
    type New = T::Int;
    type View<'a> = T::Int;
    type Value = T::Int;
    const BORROWED: bool = false;
    const FLAGS: c_uint = T::TABLE.ops.flags;

    unsafe fn parse(&self, val: *const c_char, kp: &kernel_param) -> Result<T::Int> {
        // SAFETY: `val` and `kp` are what the kernel passes to the parameter's `set` (`parse`'s
        // contract).
        let parsed = unsafe { parse(&T::KIND, kp, val, (&raw const self.range).cast()) };
        parsed.map(T::from_bits).map_err(Error::from_errno)
    }

    fn view(new: &T::Int) -> T::Int {
        *new
    }

    unsafe fn store(&self, new: T::Int) {
        let mut bits = 0u64;
        // SAFETY: There is room for any number.
        unsafe { (&raw mut bits).cast::<T::Int>().write(new) };
        // SAFETY: The value's place, which everybody else reads atomically.
        unsafe { store(self.value.get().cast(), size_of::<T::Int>(), bits) };
    }

    unsafe fn current(&self) -> T::Int {
        self.get()
    }

    fn value(&self) -> T::Int {
        self.get()
    }

    unsafe fn show(&self, _: Option<&T::Int>, buffer: *mut c_char, kp: &kernel_param) -> c_int {
        // SAFETY: `buffer` and `kp` are what the kernel passes to the parameter's `get` (`show`'s
        // contract).
        unsafe { kernel_get(T::KIND.base, buffer, kp, self.value.get().cast()) }
    }
}

/// `hexint`: shown in base 16.
pub struct HexInt;

/// `invbool`: a `bool` that is written as its opposite.
pub struct InvBool;

/// `bint`: an `int` that is set like a `bool`.
pub struct Bint;

macro_rules! numbers {
    ($($type:ident $name:ident $atomic:ident $base:ident $signed:literal $ops:ident $width:literal
        $min:expr, $max:expr, $zero:literal, |$bits:ident| $from:expr;)*) => {$(
        // SAFETY: `set` stores numbers of this size that `$base` parsed, which for `bool` are 0 and
        // 1.
        unsafe impl ParamType for $type {
            type Raw = $name;
            type Bound = $name;
            type Value = $name;
            const TABLE: &'static Table = &Table {
                ops: $ops,
                kind: <Self as Number>::KIND,
            };

            #[inline(always)]
            unsafe fn load(cell: &UnsafeCell<$name>) -> $name {
                // SAFETY: The cell is valid and aligned; it is written atomically (`store`).
                unsafe { $atomic::from_ptr(cell.get()) }.load(Ordering::Relaxed)
            }
        }

        // SAFETY: They are the kernel's functions for this type.
        unsafe impl Number for $type {
            type Int = $name;
            const ZERO: $name = $zero;
            const BOUNDS: [$name; 2] = [$min, $max];
            const WIDTH: usize = $width;
            const KIND: Kind = Kind::new(
                &raw const kmod_bindings::$base,
                stringify!($name),
                size_of::<$name>(),
                $signed,
            );

            fn from_bits($bits: u64) -> $name {
                $from
            }
        }
    )*};
}

numbers! {
    bool bool AtomicBool param_ops_bool false FLAG_OPS 1 false, true, false, |bits| bits != 0;
    InvBool bool AtomicBool param_ops_invbool false OPS 1 false, true, false, |bits| bits != 0;
    Bint i32 AtomicI32 param_ops_bint true FLAG_OPS 11 i32::MIN, i32::MAX, 0, |bits| bits as i32;
    HexInt u32 AtomicU32 param_ops_hexint false OPS 10 u32::MIN, u32::MAX, 0, |bits| bits as u32;
    i8 i8 AtomicI8 kmod_param_ops_s8 true OPS 4 i8::MIN, i8::MAX, 0, |bits| bits as i8;
    u8 u8 AtomicU8 param_ops_byte false OPS 3 u8::MIN, u8::MAX, 0, |bits| bits as u8;
    i16 i16 AtomicI16 param_ops_short true OPS 6 i16::MIN, i16::MAX, 0, |bits| bits as i16;
    u16 u16 AtomicU16 param_ops_ushort false OPS 5 u16::MIN, u16::MAX, 0, |bits| bits as u16;
    i32 i32 AtomicI32 param_ops_int true OPS 11 i32::MIN, i32::MAX, 0, |bits| bits as i32;
    u32 u32 AtomicU32 param_ops_uint false OPS 10 u32::MIN, u32::MAX, 0, |bits| bits as u32;
    i64 i64 AtomicI64 param_ops_long true OPS 20 i64::MIN, i64::MAX, 0, |bits| bits as i64;
    u64 u64 AtomicU64 param_ops_ullong false OPS 20 u64::MIN, u64::MAX, 0, |bits| bits;
    isize isize AtomicIsize param_ops_long true OPS 20 isize::MIN, isize::MAX, 0, |bits| bits as isize;
    usize usize AtomicUsize param_ops_ulong false OPS 20 usize::MIN, usize::MAX, 0, |bits| bits as usize;
}
