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

use core::cell::{Cell, UnsafeCell};
use core::ffi::{CStr, c_char};
use core::mem;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, kmod_files, miscdevice};

use crate::alloc::GFP_KERNEL;
use crate::chrdev::NodeName;
use crate::error::code::EINVAL;
use crate::error::{Result, to_result};
use crate::file::{DeviceTable, table_of};
use crate::instance::{At, Bound, Object};
use crate::str::CString;
use crate::sysfs::{DeviceFiles, MadeFiles};

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
            fops: table_of::<F>(),
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
    unsafe fn register(&self, _at: &At) -> Result {
        // SAFETY: The device is complete and not registered, and stays (the caller's promise).
        to_result(unsafe { bindings::misc_register(self.device.get()) })?;
        Ok(())
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: The device is registered (the caller's promise).
        unsafe { bindings::misc_deregister(self.device.get()) };
    }
}

/// A misc device that has files in sysfs.
///
/// # Invariants
///
/// Only `register` and `unregister` touch `made`, which the kernel's device has while registered.
#[repr(C)]
pub struct FiledMisc {
    /// The first, for [`DeviceMisc`].
    misc: Misc,
    files: Option<&'static dyn DeviceFiles>,
    made: Cell<Option<NonNull<kmod_files>>>,
}

// SAFETY: `register` and `unregister` never overlap; the rest is the kernel's.
unsafe impl Sync for FiledMisc {}

impl FiledMisc {
    /// That of this field, not registered yet.
    pub const fn new<F: MiscField>() -> Self {
        Self {
            misc: Misc::new::<F>(),
            files: F::FILES,
            made: Cell::new(None),
        }
    }
}

// SAFETY: As for `Misc`; `misc_deregister()` takes the files away, and waits for what runs in them.
unsafe impl Object for FiledMisc {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: The instance is at `at`, of which this is an object (`register`'s contract); what the kernel
        // has is gone before it is dropped.
        let made = unsafe { MadeFiles::new(self.files, at) }?;
        // SAFETY: It is not registered (`register`'s contract), so nobody else uses it.
        let device = unsafe { &mut *self.misc.device.get() };
        device.groups = made.groups();
        // SAFETY: The instance is at `at`, and the object is not registered (`register`'s contract).
        unsafe { self.misc.register(at) }?;
        // SAFETY: It is registered, which has set this field; nobody changes it before it is unregistered.
        let this_device = unsafe { (*self.misc.device.get()).this_device };
        // SAFETY: They were made with `at` for this device.
        unsafe { made.made(at, this_device) };
        self.made.set(made.keep());
        Ok(())
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The object is registered with `at`, and closed (`unregister`'s contract).
        unsafe { self.misc.unregister(at) };
        // SAFETY: `register` has kept it, and the device that had it is gone.
        drop(unsafe { MadeFiles::kept(self.files, self.made.take()) });
    }
}

/// A field under `#[misc]` of a device.
pub trait DeviceMiscField: DeviceTable {
    /// The name in `/proc/misc`, and of the node.
    const NAME: NodeName;
    /// The node's path, if it is another one.
    const NODENAME: Option<NodeName> = None;
    /// The permissions of the node; 0 for the kernel's default.
    const MODE: u16 = 0;
}

/// The misc device of a field under `#[misc]` of a device: it has a name of its own for each.
///
/// # Invariants
///
/// Only `register` and `unregister` touch the fields, but for `misc`, which is the kernel's while
/// registered, and `bound`, which is set then.
#[repr(C)]
pub struct DeviceMisc {
    /// The first: it is what the kernel gives to `open`.
    misc: FiledMisc,
    bound: Cell<Option<NonNull<Bound>>>,
    name: Cell<Option<CString>>,
    nodename: Cell<Option<CString>>,
    names: (&'static NodeName, Option<&'static NodeName>),
}

// SAFETY: `register` and `unregister` never overlap with each other, nor with the kernel's calls of
// `open`, which read `bound`; the rest is the kernel's.
unsafe impl Sync for DeviceMisc {}

impl DeviceMisc {
    /// That of this field, not registered yet.
    pub const fn new<F: DeviceMiscField>() -> Self {
        let device = miscdevice {
            minor: bindings::MISC_DYNAMIC_MINOR as i32,
            fops: table_of::<F>(),
            mode: F::MODE,
            // SAFETY: The rest of the fields are pointers, for which zero is a value.
            ..unsafe { mem::zeroed() }
        };
        Self {
            misc: FiledMisc {
                misc: Misc {
                    device: UnsafeCell::new(device),
                },
                files: F::FILES,
                made: Cell::new(None),
            },
            bound: Cell::new(None),
            name: Cell::new(None),
            nodename: Cell::new(None),
            names: (
                const { &F::NAME },
                match const { &F::NODENAME } {
                    Some(name) => Some(name),
                    None => None,
                },
            ),
        }
    }

    /// What the misc device belongs to, of which a file is being opened.
    ///
    /// # Safety
    ///
    /// The kernel calls `open` of such a device's table with `file`.
    pub(crate) unsafe fn bound_of(file: *mut bindings::file) -> NonNull<Bound> {
        // SAFETY: The file lives for the callback, and nobody but us writes the field meanwhile.
        let misc = unsafe { (*file).private_data }.cast::<Self>();
        // SAFETY: It is what the kernel's `misc_open()` has put there, the `miscdevice`, with which this
        // value begins; and `misc_deregister()` waits until `open` has returned.
        let bound = unsafe { &*misc }.bound.get();
        // SAFETY: `register` has set it before the kernel knew of the device.
        unsafe { bound.unwrap_unchecked() }
    }

    /// The kernel's.
    ///
    /// # Safety
    ///
    /// It is not registered, and the reference is gone before it is.
    #[expect(
        clippy::mut_from_ref,
        reason = "the caller promises that it is the only one"
    )]
    unsafe fn device(&self) -> &mut miscdevice {
        // SAFETY: Before and after it is registered, only `register` and `unregister` touch it, which
        // do not overlap.
        unsafe { &mut *self.misc.misc.device.get() }
    }
}

/// A name with the device's number in it, kept in `place`.
fn numbered(name: &NodeName, index: u32, place: &Cell<Option<CString>>) -> Result<*const c_char> {
    let made = CString::from_vec(name.numbered(index)?, GFP_KERNEL)?;
    let pointer = made.as_ptr();
    place.set(Some(made));
    Ok(pointer)
}

// SAFETY: As for `Misc`. `open` takes a reference to the device's state, which its `private_data`
// then holds.
unsafe impl Object for DeviceMisc {
    unsafe fn register(&self, at: &At) -> Result {
        let Some(bound) = at.bound else {
            return Err(EINVAL);
        };
        // SAFETY: What the object belongs to is there while it is registered (the caller's promise).
        let what = unsafe { bound.as_ref() };
        // SAFETY: It is not registered (the caller's promise).
        let device = unsafe { self.device() };
        device.name = numbered(self.names.0, what.index, &self.name)?;
        if let Some(nodename) = self.names.1 {
            device.nodename = numbered(nodename, what.index, &self.nodename)?;
        }
        device.parent = what.parent;
        self.bound.set(Some(bound));
        // SAFETY: The instance is at `at`, and the object is not registered (`register`'s
        // contract); the names stay until `unregister`.
        unsafe { self.misc.register(at) }
    }

    unsafe fn unregister(&self, at: &At) {
        // SAFETY: The object is registered with `at`, and closed (`unregister`'s contract).
        unsafe { self.misc.unregister(at) };
    }
}
