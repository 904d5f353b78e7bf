// SPDX-License-Identifier: GPL-2.0-only
//! What the machine is, by what its firmware tells (DMI, `<linux/dmi.h>`): for drivers of one vendor's
//! machines.
//!
//! ```
//! use kmod_core::dmi::{DmiField, dmi_table};
//!
//! struct Model {
//!     fans: u32,
//! }
//!
//! dmi_table! {
//!     /// The machines that this driver is for.
//!     static MODELS: Model = [
//!         { SysVendor = "Acme", ProductName ~ "Nimbus 3" } => Model { fans: 2 },
//!         { SysVendor = "Acme", BoardName = "NB-200" } => Model { fans: 1 },
//!     ];
//! }
//!
//! fn fans() -> Option<u32> {
//!     MODELS.first_match().map(|model| model.fans)
//! }
//!
//! fn has_the_broken_bios() -> bool {
//!     DmiField::BiosVersion.is("1.07")
//! }
//! ```

use core::ffi::{CStr, c_char, c_uint, c_void};
use core::mem;
use core::ptr;

use kmod_bindings::{self as bindings, dmi_system_id};

#[doc(inline)]
pub use crate::dmi_table;

/// A string that the firmware tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DmiField {
    /// Who made the BIOS.
    BiosVendor,
    /// The BIOS's version.
    BiosVersion,
    /// The BIOS's date, `MM/DD/YYYY`.
    BiosDate,
    /// The BIOS's release, `MAJOR.MINOR`.
    BiosRelease,
    /// The embedded controller's release, `MAJOR.MINOR`.
    EcFirmwareRelease,
    /// Who made the machine.
    SysVendor,
    /// The machine's name.
    ProductName,
    /// The machine's version.
    ProductVersion,
    /// The machine's serial number.
    ProductSerial,
    /// The machine's UUID.
    ProductUuid,
    /// The machine's number in the vendor's catalogue.
    ProductSku,
    /// The family of machines.
    ProductFamily,
    /// Who made the board.
    BoardVendor,
    /// The board's name.
    BoardName,
    /// The board's version.
    BoardVersion,
    /// The board's serial number.
    BoardSerial,
    /// The board's tag of its owner's.
    BoardAssetTag,
    /// Who made the chassis.
    ChassisVendor,
    /// The kind of chassis, a number of SMBIOS's.
    ChassisType,
    /// The chassis' version.
    ChassisVersion,
    /// The chassis' serial number.
    ChassisSerial,
    /// The chassis' tag of its owner's.
    ChassisAssetTag,
}

impl DmiField {
    const fn number(self) -> c_uint {
        match self {
            Self::BiosVendor => bindings::KMOD_DMI_BIOS_VENDOR,
            Self::BiosVersion => bindings::KMOD_DMI_BIOS_VERSION,
            Self::BiosDate => bindings::KMOD_DMI_BIOS_DATE,
            Self::BiosRelease => bindings::KMOD_DMI_BIOS_RELEASE,
            Self::EcFirmwareRelease => bindings::KMOD_DMI_EC_FIRMWARE_RELEASE,
            Self::SysVendor => bindings::KMOD_DMI_SYS_VENDOR,
            Self::ProductName => bindings::KMOD_DMI_PRODUCT_NAME,
            Self::ProductVersion => bindings::KMOD_DMI_PRODUCT_VERSION,
            Self::ProductSerial => bindings::KMOD_DMI_PRODUCT_SERIAL,
            Self::ProductUuid => bindings::KMOD_DMI_PRODUCT_UUID,
            Self::ProductSku => bindings::KMOD_DMI_PRODUCT_SKU,
            Self::ProductFamily => bindings::KMOD_DMI_PRODUCT_FAMILY,
            Self::BoardVendor => bindings::KMOD_DMI_BOARD_VENDOR,
            Self::BoardName => bindings::KMOD_DMI_BOARD_NAME,
            Self::BoardVersion => bindings::KMOD_DMI_BOARD_VERSION,
            Self::BoardSerial => bindings::KMOD_DMI_BOARD_SERIAL,
            Self::BoardAssetTag => bindings::KMOD_DMI_BOARD_ASSET_TAG,
            Self::ChassisVendor => bindings::KMOD_DMI_CHASSIS_VENDOR,
            Self::ChassisType => bindings::KMOD_DMI_CHASSIS_TYPE,
            Self::ChassisVersion => bindings::KMOD_DMI_CHASSIS_VERSION,
            Self::ChassisSerial => bindings::KMOD_DMI_CHASSIS_SERIAL,
            Self::ChassisAssetTag => bindings::KMOD_DMI_CHASSIS_ASSET_TAG,
        }
    }

    /// What the firmware tells (`dmi_get_system_info()`); `None` where it does not, and on a machine or a
    /// kernel without DMI. In any context.
    ///
    /// Firmware tells what it likes: it may be empty, no UTF-8, or `To be filled by O.E.M.`.
    #[must_use]
    pub fn get(self) -> Option<&'static CStr> {
        // SAFETY: The number is that of a field.
        let text = unsafe { bindings::kmod_dmi_get(self.number()) };
        if text.is_null() {
            return None;
        }
        // SAFETY: It is a string, which the kernel made at its start and neither changes nor frees.
        Some(unsafe { CStr::from_ptr(text) })
    }

    /// Whether the firmware tells just this (`dmi_match()`).
    #[must_use]
    pub fn is(self, text: &str) -> bool {
        self.get()
            .is_some_and(|told| told.to_bytes() == text.as_bytes())
    }
}

/// How many fields a row asks for at most.
const FIELDS: usize = 4;

/// What one field must be. On all architectures with Linux, C's bit fields of a byte begin at its lowest bit.
#[repr(C)]
#[derive(Clone, Copy)]
struct Match {
    /// The field, in seven bits; whether the text is all of it, in one.
    what: u8,
    text: [u8; bindings::KMOD_DMI_TEXT],
}

/// A row of a table of machines, as C has it.
///
/// # Invariants
///
/// Its pointers are null, and each text ends with a NUL.
#[doc(hidden)]
#[repr(C)]
pub struct DmiRow {
    callback: *const c_void,
    ident: *const c_char,
    matches: [Match; FIELDS],
    data: *const c_void,
}

const _: () = {
    assert!(mem::size_of::<DmiRow>() == mem::size_of::<dmi_system_id>());
    assert!(mem::align_of::<DmiRow>() == mem::align_of::<dmi_system_id>());
    assert!(mem::offset_of!(DmiRow, matches) == bindings::KMOD_DMI_MATCHES_AT);
    assert!(mem::size_of::<[Match; FIELDS]>() == bindings::KMOD_DMI_MATCHES);
    assert!(mem::offset_of!(Match, text) == bindings::KMOD_DMI_TEXT_AT);
};

// SAFETY: Its pointers are null (invariant), and nothing changes it.
unsafe impl Sync for DmiRow {}

impl DmiRow {
    /// What ends a table.
    pub const END: Self = Self {
        callback: ptr::null(),
        ident: ptr::null(),
        matches: [Match {
            what: 0,
            text: [0; bindings::KMOD_DMI_TEXT],
        }; FIELDS],
        data: ptr::null(),
    };

    /// The machines whose fields are all these: the whole text, or a part of it.
    #[must_use]
    pub const fn new(fields: &[(DmiField, DmiHow, &str)]) -> Self {
        assert!(fields.len() <= FIELDS, "a row asks for four fields at most");
        let mut row = Self::END;
        let mut at = 0;
        while at < fields.len() {
            let (field, how, text) = fields[at];
            let text = text.as_bytes();
            assert!(
                text.len() < bindings::KMOD_DMI_TEXT,
                "a text has 78 bytes at most"
            );
            assert!(
                !text.is_empty(),
                "each machine has an empty text: leave the field out"
            );
            // The fields' numbers have five bits.
            row.matches[at].what = field.number() as u8 | (how as u8) << 7;
            let mut byte = 0;
            while byte < text.len() {
                assert!(text[byte] != 0, "a text has no NUL");
                row.matches[at].text[byte] = text[byte];
                byte += 1;
            }
            at += 1;
        }
        row
    }

    const fn is_end(&self) -> bool {
        self.matches[0].what & 0x7f == 0
    }
}

/// What a text is to a field.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum DmiHow {
    /// A part of it.
    Contains = 0,
    /// It.
    Is = 1,
}

/// Machines, and what is said of each: made by [`dmi_table!`].
///
/// # Invariants
///
/// The last row is the only one that ends a table, and each other one has its data.
pub struct DmiTable<T: 'static> {
    rows: &'static [DmiRow],
    data: &'static [T],
}

impl<T> DmiTable<T> {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(rows: &'static [DmiRow], data: &'static [T]) -> Self {
        assert!(rows.len() == data.len() + 1, "each row has its data");
        let mut at = 0;
        while at < rows.len() {
            assert!(
                rows[at].is_end() == (at == data.len()),
                "the last row, and no other one, ends the table"
            );
            at += 1;
        }
        Self { rows, data }
    }

    /// What is said of this machine in the first row that fits (`dmi_first_match()`); `None` if none does. In
    /// any context.
    #[must_use]
    pub fn first_match(&self) -> Option<&'static T> {
        let rows = self.rows.as_ptr();
        // SAFETY: The rows are as C has them, and end (invariants of the row and of the table).
        let row = unsafe { bindings::kmod_dmi_first_match(rows.cast()) };
        if row.is_null() {
            return None;
        }
        let index = (row.addr() - rows.addr()) / mem::size_of::<DmiRow>();
        self.data.get(index)
    }
}

/// Whether this is one of the machines of a table.
#[doc(hidden)]
#[must_use]
pub fn is_machine<T>(table: &DmiTable<T>) -> bool {
    table.first_match().is_some()
}

/// A table of machines, `MODULE_DEVICE_TABLE(dmi, ...)` of C: a static of type
/// [`DmiTable`](crate::dmi::DmiTable).
///
/// A row is up to four fields, of [`DmiField`](crate::dmi::DmiField), and what is said of such a machine:
/// `=` is for the whole text, `~` for a part of it; a text has 1 to 78 bytes. The module gets the aliases
/// by which udev loads it on these machines.
#[macro_export]
macro_rules! dmi_table {
    (
        $(#[$attribute:meta])*
        $visible:vis static $name:ident: $data:ty = [
            $({ $($field:ident $how:tt $text:literal),+ $(,)? } => $value:expr),+ $(,)?
        ];
    ) => {
        $(#[$attribute])*
        $visible static $name: $crate::dmi::DmiTable<$data> = {
            mod rows {
                pub static ROWS: [$crate::dmi::DmiRow; [$([$(::core::stringify!($text)),+].len()),+].len() + 1] = [
                    $($crate::dmi::DmiRow::new(&[$((
                        $crate::dmi::DmiField::$field,
                        $crate::__dmi_how!($how),
                        $text,
                    )),+]),)+
                    $crate::dmi::DmiRow::END,
                ];
                // modpost finds the table by the names that `MODULE_DEVICE_TABLE()` gives it, on this kernel
                // and on others.
                #[cfg(target_os = "none")]
                ::core::arch::global_asm!(
                    ::core::concat!(".set __mod_dmi__", ::core::stringify!($name), "_device_table, {rows}"),
                    ::core::concat!(".type __mod_dmi__", ::core::stringify!($name), "_device_table, %object"),
                    ::core::concat!(".size __mod_dmi__", ::core::stringify!($name), "_device_table, {bytes}"),
                    ::core::concat!(".set __mod_device_table__kmod_module__dmi__", ::core::stringify!($name), ", {rows}"),
                    ::core::concat!(".type __mod_device_table__kmod_module__dmi__", ::core::stringify!($name), ", %object"),
                    ::core::concat!(".size __mod_device_table__kmod_module__dmi__", ::core::stringify!($name), ", {bytes}"),
                    rows = sym ROWS,
                    bytes = const ::core::mem::size_of_val(&ROWS),
                );
            }
            static DATA: [$data; rows::ROWS.len() - 1] = [$($value),+];
            $crate::dmi::DmiTable::new(&rows::ROWS, &DATA)
        };
    };
}

/// What stands between a field and its text.
#[doc(hidden)]
#[macro_export]
macro_rules! __dmi_how {
    (=) => {
        $crate::dmi::DmiHow::Is
    };
    (~) => {
        $crate::dmi::DmiHow::Contains
    };
    ($other:tt) => {
        ::core::compile_error!("a field is `=` its text, or `~` a part of it")
    };
}

#[cfg(test)]
mod tests {
    use super::{DmiField, DmiHow, DmiRow, DmiTable};

    #[test]
    #[should_panic(expected = "four fields at most")]
    fn five_fields_are_too_many() {
        let _ = DmiRow::new(&[(DmiField::BiosDate, DmiHow::Is, "x"); 5]);
    }

    #[test]
    #[should_panic(expected = "leave the field out")]
    fn an_empty_text_is_in_each_machine() {
        let _ = DmiRow::new(&[(DmiField::BiosDate, DmiHow::Contains, "")]);
    }

    #[test]
    #[should_panic(expected = "78 bytes at most")]
    fn a_text_has_a_greatest_length() {
        let text = core::str::from_utf8(&[b'x'; 79]).unwrap();
        let _ = DmiRow::new(&[(DmiField::BiosDate, DmiHow::Is, text)]);
    }

    #[test]
    #[should_panic(expected = "ends the table")]
    fn a_row_without_fields_would_end_the_table() {
        static ROWS: [DmiRow; 3] = [DmiRow::new(&[]), DmiRow::END, DmiRow::END];
        let _ = DmiTable::new(&ROWS, &[1, 2]);
    }
}
