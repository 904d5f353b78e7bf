// SPDX-License-Identifier: GPL-2.0-only
//! From a field of an instance to its table of handlers.

use kmod_bindings::file_operations;

use super::FileOperations;
use super::table::{DeviceField, Table};
use crate::instance::{Belongs, Field, Provides};

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
/// [`OPS`](DeviceTable::OPS) is what [`DeviceType::Table`] of the field's type leads to, for this field.
pub unsafe trait DeviceTable: Field {
    /// The table.
    const OPS: &'static file_operations;
}
