// SPDX-License-Identifier: GPL-2.0-only
//! Files of a class's device: they are there when user space hears of it.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, attribute_group, device, kmod_files};

use super::attribute::{Show, Store, Sysfs, SysfsField};
use super::binary::{Read, SysfsBin, SysfsBinField, Write};
use crate::error::code::ENOMEM;
use crate::error::{Result, to_result};
use crate::file::DeviceTable;
use crate::instance::At;

/// What a file of the device `F` says of itself: that the device is there.
pub const fn is_of_device<F: DeviceTable>() -> bool {
    true
}

/// Adds a file in a group: known of those files only that are in one, so that without them it is not linked.
type AddIn = unsafe extern "C" fn(
    *mut kmod_files,
    *const c_char,
    *const c_char,
    bindings::umode_t,
    *mut c_void,
    Option<Show>,
    Option<Store>,
) -> c_int;

/// Adds a file of bytes, likewise.
type AddBytes = unsafe extern "C" fn(
    *mut kmod_files,
    *const c_char,
    *const c_char,
    bindings::umode_t,
    usize,
    *mut c_void,
    Option<Read>,
    Option<Write>,
) -> c_int;

/// What a file holds.
enum Holds {
    /// A text.
    Text {
        add_in: Option<AddIn>,
        show: Option<Show>,
        store: Option<Store>,
    },
    /// Bytes.
    Bytes {
        add: AddBytes,
        size: usize,
        read: Option<Read>,
        write: Option<Write>,
    },
}

/// A field under `#[sysfs]` or `#[sysfs_bin]` as a file of another field's device.
pub struct DeviceFile {
    name: &'static CStr,
    group: Option<&'static CStr>,
    mode: u16,
    holds: Holds,
    is_visible: unsafe fn(&At) -> bool,
    keep_node: Option<unsafe fn(&At, *mut device)>,
}

impl<F: SysfsField> Sysfs<F> {
    /// The field as such a file.
    pub const DEVICE_FILE: DeviceFile = DeviceFile {
        name: F::NAME,
        group: F::GROUP,
        mode: Self::MODE,
        holds: Holds::Text {
            add_in: match F::GROUP {
                Some(_) => Some(bindings::kmod_files_add_in),
                None => None,
            },
            show: Self::SHOW,
            store: Self::STORE,
        },
        is_visible: Self::is_visible,
        keep_node: Some(Self::keep_node),
    };
}

impl<F: SysfsBinField> SysfsBin<F> {
    /// The field as such a file.
    pub const DEVICE_FILE: DeviceFile = DeviceFile {
        name: F::NAME,
        group: F::GROUP,
        mode: Self::MODE,
        holds: Holds::Bytes {
            add: bindings::kmod_files_add_bytes,
            size: Self::SIZE,
            read: Self::READ,
            write: Self::WRITE,
        },
        is_visible: Self::is_visible,
        keep_node: None,
    };
}

impl DeviceFile {
    /// Adds it to others, for the instance at `data`.
    ///
    /// # Errors
    ///
    /// `ENOMEM`.
    ///
    /// # Safety
    ///
    /// `files` has room for one more, and the instance whose field it is stays at `data` until no device has them.
    unsafe fn add_to(&self, files: NonNull<kmod_files>, data: *mut c_void) -> Result {
        let (files, name, mode) = (files.as_ptr(), self.name.as_ptr(), self.mode);
        let group = self.group.map_or(ptr::null(), CStr::as_ptr);
        match self.holds {
            Holds::Text {
                add_in: Some(add_in),
                show,
                store,
            } => {
                // SAFETY: There is room (this function's contract), both names are in statics, and the functions
                // are for the instance's address, which stays (this function's contract).
                to_result(unsafe { add_in(files, group, name, mode, data, show, store) })?;
            }
            Holds::Text {
                add_in: None,
                show,
                store,
            } => {
                // SAFETY: There is room (this function's contract), the name is in a static, and the functions
                // are for the instance's address, which stays (this function's contract).
                unsafe { bindings::kmod_files_add(files, name, mode, data, show, store) };
            }
            Holds::Bytes {
                add,
                size,
                read,
                write,
            } => {
                // SAFETY: There is room (this function's contract), the name is in a static, and so is the group's,
                // or it is NULL; the functions are for the instance's address, which stays (this function's
                // contract).
                to_result(unsafe { add(files, group, name, mode, size, data, read, write) })?;
            }
        }
        Ok(())
    }
}

/// The files of a device. It is a trait so that a module in which no device has any is without what makes
/// them.
pub trait DeviceFiles: Sync {
    /// Those that are visible now.
    ///
    /// # Errors
    ///
    /// `ENOMEM`.
    ///
    /// # Safety
    ///
    /// The instance of whose fields they are is at `at`, and the device's object is being registered.
    unsafe fn make(&self, at: &At) -> Result<NonNull<kmod_files>>;

    /// Notes of those that can be polled what [`notify`](super::SysfsPolled::notify) needs.
    ///
    /// # Safety
    ///
    /// As [`make`](Self::make), whose files `device` has.
    unsafe fn made(&self, at: &At, device: *mut device);

    /// Frees what [`make`](Self::make) has given.
    ///
    /// # Safety
    ///
    /// No device has them any more, and this is the only call.
    unsafe fn free(&self, files: NonNull<kmod_files>);
}

impl<const N: usize> DeviceFiles for [DeviceFile; N] {
    unsafe fn make(&self, at: &At) -> Result<NonNull<kmod_files>> {
        // SAFETY: It has no preconditions.
        let files = NonNull::new(unsafe { bindings::kmod_files_alloc(N) }).ok_or(ENOMEM)?;
        let data = at.instance.as_ptr().cast::<c_void>();
        for file in self {
            // SAFETY: The instance is at `at`, and an object of it is being registered (this function's
            // contract).
            if !unsafe { (file.is_visible)(at) } {
                continue;
            }
            // SAFETY: There is room for all `N`, and the instance stays there until the device is unregistered
            // (this function's contract).
            if let Err(error) = unsafe { file.add_to(files, data) } {
                // SAFETY: They came of `kmod_files_alloc`, and no device has them.
                unsafe { bindings::kmod_files_free(files.as_ptr()) };
                return Err(error);
            }
        }
        Ok(files)
    }

    unsafe fn made(&self, at: &At, device: *mut device) {
        for file in self {
            if let Some(keep_node) = file.keep_node {
                // SAFETY: The instance is at `at`, and the device is there (this function's contract).
                unsafe { keep_node(at, device) };
            }
        }
    }

    unsafe fn free(&self, files: NonNull<kmod_files>) {
        // SAFETY: `make` gave them, and nobody has them (this function's contract).
        unsafe { bindings::kmod_files_free(files.as_ptr()) };
    }
}

/// The files of a device that is registered now, freed when dropped.
///
/// # Invariants
///
/// `made` came of `files`, if there are any, and no device has it when the value is dropped.
pub(crate) struct MadeFiles {
    files: Option<&'static dyn DeviceFiles>,
    made: Option<NonNull<kmod_files>>,
}

impl MadeFiles {
    /// Those of a device.
    ///
    /// # Errors
    ///
    /// `ENOMEM`.
    ///
    /// # Safety
    ///
    /// As [`DeviceFiles::make`]; the value outlives each device that has [`groups`](Self::groups).
    pub(crate) unsafe fn new(files: Option<&'static dyn DeviceFiles>, at: &At) -> Result<Self> {
        let made = match files {
            // SAFETY: The instance is at `at` (this function's contract).
            Some(files) => Some(unsafe { files.make(at) }?),
            None => None,
        };
        // INVARIANT: They have just been made, and devices go first (this function's contract).
        Ok(Self { files, made })
    }

    /// What the device is to be made with.
    pub(crate) fn groups(&self) -> *mut *const attribute_group {
        let Some(made) = self.made else {
            return ptr::null_mut();
        };
        // SAFETY: They are there (invariant), and begin with a pointer to it.
        unsafe { *made.as_ptr().cast::<*mut *const attribute_group>() }
    }

    /// See [`DeviceFiles::made`].
    ///
    /// # Safety
    ///
    /// `at` is what they were made with, and `device` has them.
    pub(crate) unsafe fn made(&self, at: &At, device: *mut device) {
        if let Some(files) = self.files {
            // SAFETY: They were made with `at` for `device` (this function's contract).
            unsafe { files.made(at, device) };
        }
    }

    /// Keeps them.
    pub(crate) fn keep(self) -> Option<NonNull<kmod_files>> {
        core::mem::ManuallyDrop::new(self).made
    }

    /// What was kept.
    ///
    /// # Safety
    ///
    /// [`keep`](Self::keep) gave `made`, of those that were made of `files`; it is used once.
    pub(crate) unsafe fn kept(
        files: Option<&'static dyn DeviceFiles>,
        made: Option<NonNull<kmod_files>>,
    ) -> Self {
        // INVARIANT: It came of them (this function's contract).
        Self { files, made }
    }
}

impl Drop for MadeFiles {
    fn drop(&mut self) {
        if let (Some(files), Some(made)) = (self.files, self.made) {
            // SAFETY: They came of these, and no device has them (invariant).
            unsafe { files.free(made) };
        }
    }
}
