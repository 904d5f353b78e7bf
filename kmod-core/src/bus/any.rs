// SPDX-License-Identifier: GPL-2.0-only
//! What all devices can, whatever bus they are on.

use core::ffi::c_char;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, device};

use super::{Handle, Pointer};
use crate::alloc::{GFP_KERNEL, KVec};
use crate::error::code::{E2BIG, EINVAL};
use crate::error::{Result, to_result};

/// How many variables an event takes: the kernel has room for 64, its own and those of the bus among them, and
/// warns where there is none.
const VARIABLES: usize = 16;

/// How many bytes they have together: the kernel has 2,048.
const BYTES: usize = 1024;

/// A device on whatever bus it is: a field under [`#[bus]`](macro@crate::bus).
pub struct DeviceHandle(Pointer<device>);

// SAFETY: `close` makes the pointer null, with which `Pointer::get` fails before each call.
unsafe impl Handle for DeviceHandle {
    fn closed() -> Self {
        Self::new()
    }

    unsafe fn open(&self, device: NonNull<device>) -> Result {
        // SAFETY: The device lives (this function's contract).
        unsafe { self.0.set(device.as_ptr()) }
    }

    fn close(&self) {
        self.0.clear();
    }
}

impl Default for DeviceHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl DeviceHandle {
    /// Of no device.
    pub const fn new() -> Self {
        Self(Pointer::none())
    }

    /// Tells user space that something about the device has changed: the event `change` of the kernel's
    /// `kobject_uevent_env()`, for which rules of udev and listeners wait, with variables of one's own. May sleep.
    ///
    /// ```
    /// use kmod_core::prelude::*;
    ///
    /// fn too_hot(device: &DeviceHandle) -> Result {
    ///     device.change(&[("HEATER", "off"), ("WHY", "too hot")])
    /// }
    /// # assert_eq!(too_hot(&DeviceHandle::new()), Err(ENODEV));
    /// ```
    ///
    /// # Errors
    ///
    /// `EINVAL` if a name is empty or has a `=`, or if there is a NUL; `E2BIG` if there are more than 16, or they have
    /// more than 1,024 bytes with a `=` and a NUL each; `ENOMEM`; `ENODEV` if the device is not bound.
    pub fn change(&self, variables: &[(&str, &str)]) -> Result {
        let device = self.0.get()?;
        let text = text(variables)?;
        let mut starts = KVec::with_capacity(variables.len() + 1, GFP_KERNEL)?;
        let mut rest = &*text;
        for _ in variables {
            starts.push(rest.as_ptr().cast::<c_char>(), GFP_KERNEL)?;
            let end = rest.iter().position(|byte| *byte == 0);
            rest = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default();
        }
        starts.push(ptr::null(), GFP_KERNEL)?;
        // SAFETY: The device lives during this call (`Pointer`'s invariant). Each start is that of a string in
        // `text`, and a NULL is behind them.
        to_result(unsafe { bindings::kmod_driver_change(device, starts.as_ptr()) }).map(drop)
    }
}

/// `NAME=value` of each, and a NUL behind.
fn text(variables: &[(&str, &str)]) -> Result<KVec<u8>> {
    if variables.len() > VARIABLES {
        return Err(E2BIG);
    }
    let mut text = KVec::new();
    for (name, value) in variables {
        if name.is_empty() || name.contains('=') || name.contains('\0') || value.contains('\0') {
            return Err(EINVAL);
        }
        if text.len() + name.len() + value.len() + 2 > BYTES {
            return Err(E2BIG);
        }
        for part in [name.as_bytes(), b"=", value.as_bytes(), b"\0"] {
            text.extend_from_slice(part, GFP_KERNEL)?;
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_strings_one_behind_the_other() {
        let text = text(&[("A", "1"), ("B", ""), ("C_D", "x=y")]).unwrap();
        assert_eq!(&*text, b"A=1\0B=\0C_D=x=y\0");
    }

    #[test]
    fn what_is_none_or_too_much_is_refused() {
        for variable in [("", "1"), ("A=B", "1"), ("A\0", "1"), ("A", "1\0B=2")] {
            assert_eq!(text(&[variable]).err(), Some(EINVAL), "{variable:?}");
        }
        assert_eq!(text(&[("A", "1"); 17]).err(), Some(E2BIG));
        let long = "x".repeat(1021);
        assert!(text(&[("A", &long)]).is_ok());
        assert_eq!(text(&[("AB", &long)]).err(), Some(E2BIG));
        assert_eq!(text(&[("A", &long), ("B", "")]).err(), Some(E2BIG));
    }
}
