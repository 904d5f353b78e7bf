// SPDX-License-Identifier: GPL-2.0-only
//! Misc devices: a minor of the major number that they all share, and a node in `/dev`.
//!
//! A misc device has less of its own than a character device under
//! [`#[chrdev]`](macro@crate::chrdev): one minor, and the class `misc`. Take it unless several
//! minors or a class are needed. Its handlers are the same [`FileOperations`].
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Says hello
//! #[kernel_module(name = "greeter", license = "GPL")]
//! #[derive(Default)]
//! struct Greeter {
//!     /// /dev/hello
//!     #[misc(mode = 0o444)]
//!     hello: Hello,
//! }
//!
//! #[derive(Default)]
//! struct Hello;
//!
//! #[file_operations]
//! impl FileOperations for Hello {
//!     fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
//!         to.write_from(b"hello\n", pos)?;
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! [`FileOperations`]: crate::file::FileOperations

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::mem;

use kmod_bindings::{self as bindings, miscdevice};

use crate::error::{Result, to_result};
use crate::file::DeviceTable;
use crate::module::Object;

/// A field under `#[misc]`.
pub trait MiscField: DeviceTable {
    /// The name in `/proc/misc`, and of the node.
    const NAME: &'static CStr;
    /// The node's path, if it is another one.
    const NODENAME: Option<&'static CStr> = None;
    /// The minor number; none for one that is free.
    const MINOR: Option<u8> = None;
    /// The permissions of the node; 0 for the kernel's default.
    const MODE: u16 = 0;
}

/// The device of a field under `#[misc]`.
#[repr(transparent)]
pub struct Misc {
    /// The kernel's, while registered. Before that, only `register` touches it.
    device: UnsafeCell<miscdevice>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl Sync for Misc {}

impl Misc {
    /// That of this field, not registered yet.
    pub const fn new<F: MiscField>() -> Self {
        let device = miscdevice {
            minor: match F::MINOR {
                Some(minor) => minor as i32,
                None => bindings::MISC_DYNAMIC_MINOR as i32,
            },
            name: F::NAME.as_ptr(),
            fops: F::OPS,
            nodename: match F::NODENAME {
                Some(path) => path.as_ptr(),
                None => core::ptr::null(),
            },
            mode: F::MODE,
            // SAFETY: The rest of the fields are pointers, for which zero is a value.
            ..unsafe { mem::zeroed() }
        };
        Self {
            device: UnsafeCell::new(device),
        }
    }
}

// SAFETY: `misc_deregister()` waits for files that are being opened. After it, the only callbacks
// are those of open files, which hold a reference to the module: it is the table's owner. They do
// not use the `miscdevice`: `open` has put another pointer in its place.
unsafe impl Object for Misc {
    unsafe fn register(&'static self) -> Result {
        // SAFETY: The device is static and complete, and not registered.
        to_result(unsafe { bindings::misc_register(self.device.get()) })?;
        Ok(())
    }

    unsafe fn unregister(&'static self) {
        // SAFETY: The device is registered.
        unsafe { bindings::misc_deregister(self.device.get()) };
    }
}
