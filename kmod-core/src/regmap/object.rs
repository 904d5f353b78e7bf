// SPDX-License-Identifier: GPL-2.0-only
//! The object of a field under `#[regmap]`.

use core::ffi::{CStr, c_uint};
use core::marker::PhantomData;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, device, kmod_regmap, kmod_regmap_plan};

use super::Regmap;
use super::table::{Tables, all_have, pieces};
use crate::error::code::ENODEV;
use crate::error::{Result, from_err_ptr};
use crate::instance::{At, Field, Object};
use crate::io::{Registers, Row};

/// The type of a field under `#[regmap]`.
///
/// # Safety
///
/// Only [`Regmap`] implements this: with [`map`](RegmapType::map), it is one of these registers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a map of a chip's registers",
    label = "the attribute of this field does not fit its type",
    note = "write `#[regmap(bus = i2c)] name: Regmap<Registers>`, where `Registers` is a struct under `#[registers]`"
)]
pub unsafe trait RegmapType: Sized + 'static {
    /// What is known of its registers.
    #[doc(hidden)]
    const ROWS: &'static [Row];
    /// How many bytes each has.
    #[doc(hidden)]
    const WIDTH: usize;
    /// The number of the last one.
    #[doc(hidden)]
    const LAST: usize;
    /// Whether their words are big-endian.
    #[doc(hidden)]
    const BIG_ENDIAN: bool;
    /// The registers.
    #[doc(hidden)]
    type Registers: Registers;

    /// It.
    #[doc(hidden)]
    fn map(&self) -> &Regmap<Self::Registers>;
}

// SAFETY: It is a `Regmap`, of the registers of which all is said.
unsafe impl<R: Registers> RegmapType for Regmap<R> {
    const ROWS: &'static [Row] = R::ROWS;
    const WIDTH: usize = R::ALIGN;
    const LAST: usize = (R::SIZE / R::ALIGN).saturating_sub(1);
    const BIG_ENDIAN: bool = R::BIG_ENDIAN;
    type Registers = R;

    fn map(&self) -> &Self {
        self
    }
}

/// The bus of a chip. Only a module that has one refers to what it takes: SPI's is a module of the kernel's.
#[derive(Clone, Copy)]
pub struct RegmapBus(
    unsafe extern "C" fn(*mut device, *const kmod_regmap_plan) -> *mut kmod_regmap,
);

impl RegmapBus {
    /// I2C and SMBus.
    pub const I2C: Self = Self(bindings::kmod_regmap_init_i2c);
    /// SPI.
    pub const SPI: Self = Self(bindings::kmod_regmap_init_spi);
}

/// How many ranges the registers of this type have at most.
pub const fn regmap_ranges<T: RegmapType>() -> usize {
    pieces(T::ROWS).0
}

/// How many registers of this type are known after a reset, at most.
pub const fn regmap_known<T: RegmapType>() -> usize {
    pieces(T::ROWS).1
}

/// Holds that a chip can have such registers, and that their numbers have so many bits.
///
/// # Panics
///
/// If it is not so: of a constant, when it is compiled.
#[track_caller]
pub const fn assert_regmap<T: RegmapType>(reg_bits: u32) {
    assert!(
        matches!(T::WIDTH, 1 | 2 | 4) && all_have(T::ROWS, T::WIDTH),
        "the registers of a chip are all of one width, 8, 16 or 32 bits: another width is another map"
    );
    assert!(
        T::LAST as u64 >> reg_bits == 0,
        "the map has more registers than numbers have bits: say how many bits they have, as `reg_bits = 16`"
    );
}

/// A field under `#[regmap]`.
///
/// # Safety
///
/// All fields of its instance that are objects with callbacks come after it, and [`PLAN`](RegmapField::PLAN) is what
/// [`regmap_plan`] makes of it.
pub unsafe trait RegmapField: Field<Type: RegmapType> {
    /// Where the chip is.
    const BUS: RegmapBus;
    /// What it is called, beside the device's name.
    const NAME: Option<&'static CStr> = None;
    /// Whether registers are cached.
    const CACHED: bool = false;
    /// How many bits the number of a register has.
    const REG_BITS: u32 = 8;
    /// How many bits follow it.
    const PAD_BITS: u32 = 0;
    /// Bits that say that it is a read.
    const READ_FLAG: Option<u32> = None;
    /// Bits that say that it is a write.
    const WRITE_FLAG: Option<u32> = None;
    /// Whether each register is read and written by itself.
    const SINGLE: bool = false;
    /// What C is told.
    const PLAN: kmod_regmap_plan;
}

/// What C is told of a field, whose registers have `N` ranges at most, and `D` that are known.
pub const fn regmap_plan<F: RegmapField, const N: usize, const D: usize>() -> kmod_regmap_plan {
    let tables: &'static Tables<N, D> = const {
        &Tables::of(
            <F::Type as RegmapType>::ROWS,
            <F::Type as RegmapType>::WIDTH,
        )
    };
    let [readable, writable, changing, precious] = tables.ranges();
    let (defaults, default_count) = tables.known();
    kmod_regmap_plan {
        name: match F::NAME {
            Some(name) => name.as_ptr(),
            None => ptr::null(),
        },
        readable,
        writable,
        changing,
        precious,
        defaults,
        default_count,
        last: <F::Type as RegmapType>::LAST as c_uint,
        reg_bits: F::REG_BITS,
        pad_bits: F::PAD_BITS,
        val_bits: <F::Type as RegmapType>::WIDTH as c_uint * 8,
        read_flag: flag(F::READ_FLAG),
        write_flag: flag(F::WRITE_FLAG),
        flags: F::READ_FLAG.is_some() || F::WRITE_FLAG.is_some(),
        big_endian: <F::Type as RegmapType>::BIG_ENDIAN,
        single: F::SINGLE,
        cached: F::CACHED,
    }
}

/// No bits if nothing is said.
const fn flag(flag: Option<u32>) -> c_uint {
    match flag {
        Some(flag) => flag,
        None => 0,
    }
}

/// The object of a field under `#[regmap]`.
pub struct RegmapObject<F>(PhantomData<fn() -> F>);

/// That of a field.
struct Plan<F>(PhantomData<fn() -> F>);

impl<F: RegmapField> Plan<F> {
    /// Which stays as long as the module.
    const STATIC: &'static kmod_regmap_plan = &F::PLAN;
}

impl<F: RegmapField> RegmapObject<F> {
    /// That of this field.
    #[expect(
        clippy::new_without_default,
        reason = "it is made where devices are, without `Default`"
    )]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

// SAFETY: It has no callbacks.
unsafe impl<F: RegmapField> Object for RegmapObject<F> {
    unsafe fn register(&self, at: &At) -> Result {
        let device = at.parent().and_then(NonNull::new).ok_or(ENODEV)?;
        // SAFETY: The device lives, and its driver is being bound: its objects are being registered. What the plan points
        // to is static.
        let made = unsafe { (F::BUS.0)(device.as_ptr(), Plan::<F>::STATIC) };
        let made = from_err_ptr(made)?;
        // SAFETY: The instance is at `at` (the caller's promise).
        let map = unsafe { at.value::<F>() }.map();
        // SAFETY: It was made of these registers, by what `regmap_plan` says of them (`RegmapField`'s contract), and is
        // there until `unregister` takes it out of the field.
        unsafe { map.open(made) };
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The instance is at `at` (the caller's promise).
        let map = unsafe { at.value::<F>() }.map();
        if let Some(made) = map.close() {
            // SAFETY: `register` has made it. Nobody uses it any more: a reference to the field is had by code inside the
            // instance, of which the sections are drained, and by callbacks of objects that were registered after it
            // (`RegmapField`'s contract), which are not any more.
            unsafe { bindings::kmod_regmap_exit(made.as_ptr()) };
        }
    }
}
