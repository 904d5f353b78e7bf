// SPDX-License-Identifier: GPL-2.0-only
//! Whether the chip of a line may be one that sleeps.

use core::ffi::{c_int, c_uint, c_ulong};
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, gpio_desc};

/// Of a line: its chip may be one that sleeps, as it does behind I2C, SPI or USB. It is had by the kernel's functions
/// `gpiod_get_value_cansleep()` and `gpiod_set_value_cansleep()`, in process context.
pub struct CanSleep(());

/// Of a line: its chip does not sleep, or the device is not bound. It is had by `gpiod_get_value()` and
/// `gpiod_set_value()`, in any context.
pub struct NoSleep(());

/// How a line is had: [`CanSleep`] or [`NoSleep`].
///
/// # Safety
///
/// With [`SLEEPS`](GpioSleep::SLEEPS), its functions are of process context, and for all chips; without, they are of any
/// context, and for chips that do not sleep.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how a line is had",
    note = "a line is `GpioOutput` or `GpioInput`; one that is used where nothing may sleep is `GpioOutput<NoSleep>` or \
            `GpioInput<NoSleep>`"
)]
pub unsafe trait GpioSleep: 'static {
    /// Whether its chip may be one that sleeps.
    #[doc(hidden)]
    const SLEEPS: bool;

    /// 1 for active, 0, or an errno.
    ///
    /// # Safety
    ///
    /// The line is held.
    #[doc(hidden)]
    unsafe fn get(desc: NonNull<gpio_desc>) -> c_int;

    /// 0, or an errno.
    ///
    /// # Safety
    ///
    /// The line is held.
    #[doc(hidden)]
    unsafe fn set(desc: NonNull<gpio_desc>, active: bool) -> c_int;

    /// The same of so many lines, a bit each; 0, or an errno.
    ///
    /// # Safety
    ///
    /// There are so many at `descs`, as many as `bits` has bits at most, and they are held.
    #[doc(hidden)]
    unsafe fn get_array(descs: *mut *mut gpio_desc, count: c_uint, bits: &mut c_ulong) -> c_int;

    /// The same of so many lines, a bit each; 0, or an errno.
    ///
    /// # Safety
    ///
    /// As `get_array`'s.
    #[doc(hidden)]
    unsafe fn set_array(descs: *mut *mut gpio_desc, count: c_uint, bits: &mut c_ulong) -> c_int;
}

// SAFETY: Its functions are those that may sleep, which the kernel has for all chips.
unsafe impl GpioSleep for CanSleep {
    const SLEEPS: bool = true;

    unsafe fn get(desc: NonNull<gpio_desc>) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_get_value_cansleep(desc.as_ptr()) }
    }

    unsafe fn set(desc: NonNull<gpio_desc>, active: bool) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_set_value_cansleep(desc.as_ptr(), active.into()) }
    }

    unsafe fn get_array(descs: *mut *mut gpio_desc, count: c_uint, bits: &mut c_ulong) -> c_int {
        // SAFETY: They are there and held, with room for their bits (this function's contract).
        unsafe { bindings::kmod_gpiod_get_array_value_cansleep(count, descs, bits) }
    }

    unsafe fn set_array(descs: *mut *mut gpio_desc, count: c_uint, bits: &mut c_ulong) -> c_int {
        // SAFETY: They are there and held, with their bits (this function's contract).
        unsafe { bindings::kmod_gpiod_set_array_value_cansleep(count, descs, bits) }
    }
}

// SAFETY: Its functions do not sleep, if the chip does not.
unsafe impl GpioSleep for NoSleep {
    const SLEEPS: bool = false;

    unsafe fn get(desc: NonNull<gpio_desc>) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_get_value(desc.as_ptr()) }
    }

    unsafe fn set(desc: NonNull<gpio_desc>, active: bool) -> c_int {
        // SAFETY: The line is held (this function's contract).
        unsafe { bindings::kmod_gpiod_set_value(desc.as_ptr(), active.into()) }
    }

    unsafe fn get_array(descs: *mut *mut gpio_desc, count: c_uint, bits: &mut c_ulong) -> c_int {
        // SAFETY: They are there and held, with room for their bits (this function's contract).
        unsafe { bindings::kmod_gpiod_get_array_value(count, descs, bits) }
    }

    unsafe fn set_array(descs: *mut *mut gpio_desc, count: c_uint, bits: &mut c_ulong) -> c_int {
        // SAFETY: They are there and held, with their bits (this function's contract).
        unsafe { bindings::kmod_gpiod_set_array_value(count, descs, bits) }
    }
}
