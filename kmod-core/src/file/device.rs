// SPDX-License-Identifier: GPL-2.0-only
//! From a field of the module struct to its table of handlers.

use kmod_bindings::file_operations;

use super::FileOperations;
use super::table::{DeviceField, Table};
use crate::module::{Field, Provides};

/// A type that a field for a device can have.
///
/// This is [`FileOperations`] without what that stands on, so that a type which lacks it is
/// reported in one place, the field's.
#[diagnostic::on_unimplemented(
    message = "the device `{Self}` has no file operations",
    label = "a field for a device is of a type that has them",
    note = "write `#[file_operations] impl FileOperations for {Self} {{ … }}`"
)]
pub trait DeviceType {
    /// [`FileOperations::Module`].
    type Module: 'static;

    /// What leads to the table of a field.
    type Table<F>: Operations
    where
        F: Field<Type = Self>,
        F::Module: Provides<Self::Module>;
}

#[diagnostic::do_not_recommend]
impl<T: FileOperations> DeviceType for T {
    type Module = T::Module;

    type Table<F>
        = Table<F>
    where
        F: Field<Type = T>,
        F::Module: Provides<T::Module>;
}

/// What leads to a table.
pub trait Operations {
    /// The table.
    const OPS: &'static file_operations;
}

impl<F: DeviceField> Operations for Table<F> {
    const OPS: &'static file_operations = Self::OPS;
}

/// A field that is a device of its module. Generated code finds its table through
/// [`DeviceType::Table`].
pub trait DeviceTable: Field {
    /// The table.
    const OPS: &'static file_operations;
}
