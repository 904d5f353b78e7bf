// SPDX-License-Identifier: GPL-2.0-only
//! What is asked of a device, and told to it.

use core::ffi::c_uint;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, device, hid_device};

use crate::bus::{Handle, Pointer};
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};

/// A kind of reports, by whom they are from and what they are for: the kernel's `enum hid_report_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HidReportKind {
    /// From the device, by itself.
    Input,
    /// To the device.
    Output,
    /// Settings, which are read and written.
    Feature,
}

impl HidReportKind {
    /// As the kernel has it.
    const fn number(self) -> c_uint {
        match self {
            Self::Input => bindings::KMOD_HID_INPUT_REPORT,
            Self::Output => bindings::KMOD_HID_OUTPUT_REPORT,
            Self::Feature => bindings::KMOD_HID_FEATURE_REPORT,
        }
    }

    /// That of this number; one that the kernel does not have is what comes from a device.
    pub(super) const fn of(number: c_uint) -> Self {
        match number {
            bindings::KMOD_HID_OUTPUT_REPORT => Self::Output,
            bindings::KMOD_HID_FEATURE_REPORT => Self::Feature,
            _ => Self::Input,
        }
    }
}

/// By which numbers a device is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HidIds {
    /// How it is connected: 3 for USB, 5 for Bluetooth, 0x18 for I2C, 6 for one of user space.
    pub bus: u32,
    /// Its vendor.
    pub vendor: u32,
    /// Its product.
    pub product: u32,
    /// Its version.
    pub version: u32,
}

/// A human interface device, by which its driver talks to it: a field under [`#[bus]`](macro@crate::bus) of its
/// device. `probe` has it, too: [`HidDevice`](super::HidDevice).
///
/// Each call may sleep, for seconds if the device does not answer.
///
/// # Errors
///
/// Of all calls: `ENODEV` if the device is not bound; what else its transport says, often `EIO`, `EPIPE` or
/// `ETIMEDOUT`; `EINVAL` for no byte, or more than the kernel takes (8 KiB on old ones); `ENOMEM`.
pub struct HidHandle(Pointer<hid_device>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for HidHandle {
    fn closed() -> Self {
        Self(Pointer::none())
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        let hid = unsafe { bindings::kmod_hid_device(device.as_ptr()) };
        // SAFETY: It is around the device, and lives as long.
        unsafe { self.0.set(hid) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for HidHandle {
    fn default() -> Self {
        Self::new()
    }
}

/// How many bytes went over, of at most `of`, or the errno.
fn went(returned: i32, of: usize) -> Result<usize> {
    let bytes = to_result(returned)?.cast_unsigned();
    Ok(usize::try_from(bytes)?.min(of))
}

impl HidHandle {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// By which numbers it is known.
    ///
    /// # Errors
    ///
    /// `ENODEV`
    pub fn ids(&self) -> Result<HidIds> {
        let hid = self.0.get()?;
        let (mut bus, mut vendor, mut product, mut version) = (0, 0, 0, 0);
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and the others are variables.
        unsafe { bindings::kmod_hid_id(hid, &mut bus, &mut vendor, &mut product, &mut version) };
        Ok(HidIds {
            bus,
            vendor,
            product,
            version,
        })
    }

    /// Asks for a report of this number, 0 where they have none, and gives the part of `to` that was filled. Its
    /// first byte is the number. `hid_hw_raw_request()` with `HID_REQ_GET_REPORT`.
    ///
    /// # Errors
    ///
    /// Those of [the type](HidHandle#errors).
    pub fn get_report<'b>(
        &self,
        kind: HidReportKind,
        number: u8,
        to: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let hid = self.0.get()?;
        *to.first_mut().ok_or(EINVAL)? = number;
        let (start, size) = (to.as_mut_ptr(), to.len().try_into()?);
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done = unsafe { bindings::kmod_hid_get_report(hid, kind.number(), start, size) };
        let done = went(done, to.len())?;
        Ok(to.get(..done).unwrap_or_default())
    }

    /// Sends a report, of which the first byte is its number, 0 where they have none, and says how many bytes
    /// went. `hid_hw_raw_request()` with `HID_REQ_SET_REPORT`.
    ///
    /// # Errors
    ///
    /// Those of [the type](HidHandle#errors).
    pub fn set_report(&self, kind: HidReportKind, from: &[u8]) -> Result<usize> {
        let hid = self.0.get()?;
        let (start, size) = (from.as_ptr(), from.len().try_into()?);
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done = unsafe { bindings::kmod_hid_set_report(hid, kind.number(), start, size) };
        went(done, from.len())
    }

    /// Sends an output report the way that is for them only, as far as there is one: `hid_hw_output_report()`.
    ///
    /// # Errors
    ///
    /// Those of [the type](HidHandle#errors); `ENOSYS` if the transport has no such way: then it goes by
    /// [`set_report`](Self::set_report).
    pub fn output_report(&self, from: &[u8]) -> Result<usize> {
        let hid = self.0.get()?;
        let (start, size) = (from.as_ptr(), from.len().try_into()?);
        // SAFETY: The device lives during this call (`Pointer`'s invariant), and there are as many bytes.
        let done = unsafe { bindings::kmod_hid_output_report(hid, start, size) };
        went(done, from.len())
    }
}
