// SPDX-License-Identifier: GPL-2.0-only
//! Files for a device, of `/lib/firmware`: the kernel's `request_firmware()`, for modules of all licences.
//!
//! A file that a module asks for is in its key `firmware`, by which tools know that it needs it. A name that is
//! not there does not compile.
//!
//! ```
//! use kmod_core::firmware::{Firmware, FirmwareName, firmware_name};
//! use kmod_core::prelude::*;
//!
//! /// Sends a card its microcode
//! #[kernel_module(name = "card", license = "GPL", firmware = ["acme/card.bin"])]
//! #[derive(Default)]
//! struct Card {}
//!
//! const MICROCODE: FirmwareName = firmware_name!(Card, "acme/card.bin");
//!
//! fn version() -> Result<u8> {
//!     let file = Firmware::request(MICROCODE)?;
//!     file.first().copied().ok_or(EINVAL)
//! }
//! # fn main() {}
//! ```

use core::ffi::CStr;
use core::ops::Deref;
use core::ptr::{self, NonNull};
use core::slice;

use kmod_bindings::{self as bindings, device};

pub use kmod_macros::firmware_name;

use crate::error::{Result, from_err_ptr};
use crate::print::HasDevice;

/// The name of a file that a module's key `firmware` has: what [`firmware_name!`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirmwareName(&'static CStr);

impl FirmwareName {
    /// The name, if it is one of those; else an error at the call, of the compiler.
    #[doc(hidden)]
    #[track_caller]
    pub const fn among(names: &[&str], name: &'static CStr, message: &str) -> Self {
        let mut at = 0;
        while at < names.len() {
            if is_equal(names[at].as_bytes(), name.to_bytes()) {
                return Self(name);
            }
            at += 1;
        }
        panic!("{}", message);
    }

    /// The path below `/lib/firmware`.
    #[must_use]
    pub const fn as_c_str(self) -> &'static CStr {
        self.0
    }
}

/// `one == other`, in a constant.
const fn is_equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A file of firmware: its bytes, which stay until the value goes.
///
/// # Invariants
///
/// It is what `kmod_firmware_request()` has given.
pub struct Firmware(NonNull<bindings::firmware>);

// SAFETY: Nobody changes it, and any task may release it.
unsafe impl Send for Firmware {}
// SAFETY: Nobody changes it.
unsafe impl Sync for Firmware {}

impl Firmware {
    /// The file of this name, for no certain device: `request_firmware()`. It sleeps until the file is read.
    ///
    /// The kernel looks for it in its own image, then in the folder that `firmware_class.path` names and
    /// in `/lib/firmware`, also for a packed one if it can unpack. What it does not find it says in the log.
    ///
    /// # Errors
    ///
    /// `ENOENT` if there is no such file, `ENOMEM`, or what came of reading it.
    pub fn request(name: FirmwareName) -> Result<Self> {
        Self::ask(name, ptr::null())
    }

    /// The same for a device, in whose name the kernel then logs.
    ///
    /// # Errors
    ///
    /// Those of [`request`](Self::request).
    pub fn request_for(name: FirmwareName, device: &impl HasDevice) -> Result<Self> {
        Self::ask(name, device.device())
    }

    /// Asks for a device that is there during the call, or null.
    fn ask(name: FirmwareName, device: *const device) -> Result<Self> {
        let name = name.as_c_str().as_ptr();
        // SAFETY: The name is a string, and the device is there or null (both callers: `HasDevice`). Where
        // sleeping is not allowed, this is found by `atomic-sleep`.
        let firmware = unsafe { bindings::kmod_firmware_request(name, device.cast_mut()) };
        // INVARIANT: It was given just now.
        Ok(Self(from_err_ptr(firmware.cast_mut())?))
    }
}

impl Deref for Firmware {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        let firmware = self.0.as_ptr();
        // SAFETY: It was given, and is not released before the value is dropped (`Firmware`'s invariant).
        let size = unsafe { bindings::kmod_firmware_size(firmware) };
        if size == 0 {
            return &[];
        }
        // SAFETY: It was given, and is not released before the value is dropped (`Firmware`'s invariant).
        let data = unsafe { bindings::kmod_firmware_data(firmware) };
        // SAFETY: It has as many bytes, which stay as they are until it is released, with this value.
        unsafe { slice::from_raw_parts(data, size) }
    }
}

impl Drop for Firmware {
    fn drop(&mut self) {
        // SAFETY: It is what `kmod_firmware_request()` has given (invariant), and nobody has its bytes any more.
        unsafe { bindings::kmod_firmware_release(self.0.as_ptr()) };
    }
}
