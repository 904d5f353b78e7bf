// SPDX-License-Identifier: GPL-2.0-only
//! What firmware tells with an event.

use super::data;
use crate::acpi::AcpiValue;
use crate::error::Result;
use crate::error::code::ENODATA;
use crate::uapi::Uapi;

/// An event of a block, as firmware's `_WED` gives it.
pub struct WmiEvent<'a> {
    pub(super) value: Option<AcpiValue<'a>>,
}

impl<'a> WmiEvent<'a> {
    /// What firmware told, of whatever type it happens to be; `None` if it told nothing.
    pub fn value(&self) -> Option<AcpiValue<'a>> {
        self.value
    }

    /// The bytes of what it told. There may be more than the type has.
    ///
    /// # Errors
    ///
    /// `ENODATA` if firmware told nothing, or of fewer bytes; `EPROTO` if it told of what has none.
    pub fn read<T: Uapi>(&self) -> Result<T> {
        data::read(self.value.ok_or(ENODATA)?)
    }
}
