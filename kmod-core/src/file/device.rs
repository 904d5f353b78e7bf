// SPDX-License-Identifier: GPL-2.0-only
//! From a field of an instance to its table of handlers.

use core::ffi::c_int;
use core::marker::PhantomData;

use kmod_bindings::{file, file_operations, inode};

use super::FileOperations;
use super::table::{DeviceField, Table};
use crate::instance::{Belongs, Field, Provides};
use crate::sysfs::DeviceFiles;
use crate::task::Capability;
use crate::task::capability::require;

/// A type that a field for a device can have.
///
/// This is [`FileOperations`] without what that stands on, so that a type which lacks it is
/// reported in one place, the field's.
///
/// # Safety
///
/// [`Table`](DeviceType::Table) is that of the handlers of the type itself, which is
/// [`Shared`](crate::sync::Shared).
#[diagnostic::on_unimplemented(
    message = "the device `{Self}` has no file operations",
    label = "a field for a device is of a type that has them",
    note = "write `#[file_operations] impl FileOperations for {Self} {{ … }}`"
)]
pub unsafe trait DeviceType {
    /// [`FileOperations::Module`].
    type Module: 'static;

    /// [`FileOperations::Instance`].
    type Instance: 'static;

    /// What leads to the table of a field.
    type Table<F>: Operations
    where
        F: Field<Type = Self>,
        F::Instance: Provides<Self::Module> + Belongs<Self::Instance>;
}

// SAFETY: It is `Table`, and `FileOperations` asks for `Shared`.
#[diagnostic::do_not_recommend]
unsafe impl<T: FileOperations> DeviceType for T {
    type Module = T::Module;
    type Instance = T::Instance;

    type Table<F>
        = Table<F>
    where
        F: Field<Type = T>,
        F::Instance: Provides<T::Module> + Belongs<T::Instance>;
}

/// What leads to a table.
///
/// # Safety
///
/// [`OPS`](Operations::OPS) names the module as its owner, and its functions are for a field of the
/// type that [`DeviceType::Table`] is asked for.
pub unsafe trait Operations {
    /// The table.
    const OPS: &'static file_operations;
}

// SAFETY: The table is made so.
unsafe impl<F: DeviceField> Operations for Table<F> {
    const OPS: &'static file_operations = Self::OPS;
}

/// A field that is a device of its instance.
///
/// # Safety
///
/// [`OPS`](DeviceTable::OPS) is what [`DeviceType::Table`] of the field's type leads to, for this field, and
/// [`FILES`](DeviceTable::FILES) are fields of the same instance.
pub unsafe trait DeviceTable: Field {
    /// The table.
    const OPS: &'static file_operations;
    /// What who opens the device must have.
    const CAPABILITY: Option<Capability> = None;
    /// The files in the device's folder in sysfs.
    const FILES: Option<&'static dyn DeviceFiles> = None;
}

/// The table of a field, as the kernel gets it: `open` asks for the field's capability first.
pub(crate) const fn table_of<F: DeviceTable>() -> &'static file_operations {
    match F::CAPABILITY {
        None => F::OPS,
        Some(_) => Restricted::<F>::OPS,
    }
}

/// The table of a device that asks for a capability.
struct Restricted<F>(PhantomData<F>);

impl<F: DeviceTable> Restricted<F> {
    const OPS: &'static file_operations = &file_operations {
        open: Some(open_restricted::<F>),
        ..*F::OPS
    };
}

/// `open` of a device that asks for a capability.
///
/// # Safety
///
/// As the `open` of the field's table.
unsafe extern "C" fn open_restricted<F: DeviceTable>(inode: *mut inode, file: *mut file) -> c_int {
    if let Some(capability) = F::CAPABILITY
        && let Err(error) = require(capability)
    {
        return error.to_errno();
    }
    match F::OPS.open {
        // SAFETY: It is the table's own, and called as that is (this function's contract).
        Some(open) => unsafe { open(inode, file) },
        None => 0,
    }
}
