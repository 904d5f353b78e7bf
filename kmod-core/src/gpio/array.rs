// SPDX-License-Identifier: GPL-2.0-only
//! Several lines in one call.

use core::ffi::{c_int, c_uint, c_ulong};
use core::ptr;

use kmod_bindings::gpio_desc;

use super::{GpioInput, GpioLine, GpioOutput, GpioSleep, held, sealed};
use crate::error::code::EPERM;
use crate::error::{Result, to_result};

/// How many lines one call is of, at most.
const BITS: usize = c_ulong::BITS as usize;

/// Arrays of lines, which are read by one call.
pub trait GpioGetArray<const N: usize> {
    /// Which of them are active; optional ones that are not there are not. `gpiod_get_array_value_cansleep()`, or for
    /// `NoSleep` `gpiod_get_array_value()`: a chip that can reads all its lines at once. Above 64 lines there are several
    /// calls, of 64 lines each.
    ///
    /// # Errors
    ///
    /// What a chip fails with; `ENODEV` while the device is not bound.
    fn get_array_value(&self) -> Result<[bool; N]>;
}

/// Arrays of lines that are outputs, which are set by one call.
pub trait GpioSetArray<const N: usize> {
    /// Makes each active, or not; for optional ones that are not there nothing is done.
    /// `gpiod_set_array_value_cansleep()`, or for `NoSleep` `gpiod_set_array_value()`: a chip that can sets all its lines
    /// at once. Above 64 lines there are several calls, of 64 lines each.
    ///
    /// # Errors
    ///
    /// `EPERM`, before any is set, if one is a [`GpioLine`] that is an input; what a chip fails with, since 6.17;
    /// `ENODEV` while the device is not bound.
    fn set_array_value(&self, active: [bool; N]) -> Result;
}

/// Some of an array's lines, as the kernel takes them.
struct Some64 {
    descs: [*mut gpio_desc; BITS],
    /// How many there are.
    count: usize,
    bits: c_ulong,
}

impl Some64 {
    /// Those of `lines` that are there, with what each is to be.
    ///
    /// # Errors
    ///
    /// `ENODEV` while the device is not bound.
    fn new<L: sealed::GpioLine>(lines: &[L], active: &[bool]) -> Result<Self> {
        let mut some = Self {
            descs: [ptr::null_mut(); BITS],
            count: 0,
            bits: 0,
        };
        for (line, active) in lines.iter().zip(active) {
            let Some(desc) = held(line.desc())? else {
                continue;
            };
            let at = some.count;
            let Some(to) = some.descs.get_mut(at) else {
                break;
            };
            *to = desc.as_ptr();
            some.bits |= c_ulong::from(*active) << at;
            some.count += 1;
        }
        Ok(some)
    }

    /// Has a function called for them.
    fn call(
        &mut self,
        function: impl FnOnce(*mut *mut gpio_desc, c_uint, &mut c_ulong) -> c_int,
    ) -> Result {
        if self.count == 0 {
            return Ok(());
        }
        let done = function(
            self.descs.as_mut_ptr(),
            self.count as c_uint,
            &mut self.bits,
        );
        to_result(done).map(|_| ())
    }
}

/// [`GpioGetArray::get_array_value`] of lines that are had as `S`.
fn get<S: GpioSleep, L: sealed::GpioLine, const N: usize>(lines: &[L; N]) -> Result<[bool; N]> {
    let mut values = [false; N];
    for (lines, values) in lines.chunks(BITS).zip(values.chunks_mut(BITS)) {
        let mut some = Some64::new(lines, values)?;
        // SAFETY: They are at most as many as there are bits, and held as long as somebody has a reference to their
        // fields (`Line`'s invariant).
        some.call(|descs, count, bits| unsafe { S::get_array(descs, count, bits) })?;
        let mut bits = some.bits;
        for (line, value) in lines.iter().zip(values) {
            if held(line.desc())?.is_some() {
                *value = bits & 1 != 0;
                bits >>= 1;
            }
        }
    }
    Ok(values)
}

/// [`GpioSetArray::set_array_value`] of lines that are had as `S`.
fn set<S: GpioSleep, L: sealed::GpioLine, const N: usize>(
    lines: &[L; N],
    active: &[bool; N],
) -> Result {
    for (lines, active) in lines.chunks(BITS).zip(active.chunks(BITS)) {
        let mut some = Some64::new(lines, active)?;
        // SAFETY: They are at most as many as there are bits, and held as long as somebody has a reference to their
        // fields (`Line`'s invariant).
        some.call(|descs, count, bits| unsafe { S::set_array(descs, count, bits) })?;
    }
    Ok(())
}

impl<S: GpioSleep, const N: usize> GpioGetArray<N> for [GpioInput<S>; N] {
    fn get_array_value(&self) -> Result<[bool; N]> {
        get::<S, _, N>(self)
    }
}

impl<S: GpioSleep, const N: usize> GpioGetArray<N> for [GpioOutput<S>; N] {
    fn get_array_value(&self) -> Result<[bool; N]> {
        get::<S, _, N>(self)
    }
}

impl<S: GpioSleep, const N: usize> GpioGetArray<N> for [GpioLine<S>; N] {
    fn get_array_value(&self) -> Result<[bool; N]> {
        get::<S, _, N>(self)
    }
}

impl<S: GpioSleep, const N: usize> GpioSetArray<N> for [GpioOutput<S>; N] {
    fn set_array_value(&self, active: [bool; N]) -> Result {
        set::<S, _, N>(self, &active)
    }
}

impl<S: GpioSleep, const N: usize> GpioSetArray<N> for [GpioLine<S>; N] {
    fn set_array_value(&self, active: [bool; N]) -> Result {
        for line in self {
            if line.0.held()?.is_some() && !line.is_output() {
                return Err(EPERM);
            }
        }
        set::<S, _, N>(self, &active)
    }
}
