// SPDX-License-Identifier: GPL-2.0-only
//! ACPI: devices that firmware tells of, its methods and objects, and what it notifies of.
//!
//! A driver is a field under `#[acpi_driver]`, with the ids of the devices that it is for. On all kernels
//! it is a platform driver with a table of ACPI's ids. Its `probe` makes a struct under `#[device]` for each
//! device. A field of that struct under `#[bus]`, an [`AcpiHandle`], is by what its handlers evaluate
//! firmware's objects; one under `#[acpi_notify]` is called when firmware notifies of something.
//!
//! Firmware lies. What it returns is looked at through [`AcpiValue`], where each question has an answer, or
//! the error `EPROTO`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A laptop's hotkeys
//! #[kernel_module(name = "hotkeys", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[acpi_driver(ids = ["KMOD0001"])]
//!     hotkeys: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl AcpiDriver for Driver {
//!     type Device = Hotkeys;
//!
//!     fn probe(&self, device: &AcpiDevice<'_, Self>) -> Result<Hotkeys> {
//!         let version = device.evaluate(c"VERS", &[])?;
//!         // A package of two: a number and a name.
//!         let version = version.value().package()?;
//!         let (number, name) = (version.get(0)?.integer()?, version.get(1)?.text()?);
//!         pr_info!("{name}, version {number}");
//!         Ok(Hotkeys::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Hotkeys {
//!     #[bus]
//!     firmware: AcpiHandle,
//!     #[acpi_notify]
//!     pressed: AcpiNotify<Pressed>,
//! }
//!
//! #[derive(Default)]
//! struct Pressed;
//!
//! #[handlers]
//! impl AcpiNotifyHandler for Pressed {
//!     type Instance = Hotkeys;
//!
//!     fn notified(&self, call: &AcpiNotifyCall<'_, Self>) {
//!         match call.instance().firmware.integer(c"GKEY", &[]) {
//!             Ok(key) => pr_info!("key {key} of event {:#x}", call.event()),
//!             Err(error) => pr_warn!("no key: {error:?}"),
//!         }
//!     }
//! }
//! # fn main() {}
//! ```

mod driver;
mod ec;
mod handle;
mod notify;
mod value;

#[doc(hidden)]
pub use driver::{Acpi, AcpiId};
pub use driver::{AcpiDevice, AcpiDriver};
pub use ec::{EC_TRANSACTION_MAX, ec_read, ec_transaction, ec_write};
pub use handle::{ARGUMENTS_MAX, AcpiArgument, AcpiHandle};
#[doc(hidden)]
pub use notify::{AcpiNotifier, AcpiNotifyField, AcpiNotifyObject};
pub use notify::{AcpiNotify, AcpiNotifyCall, AcpiNotifyHandler};
pub use value::{AcpiObject, AcpiPackage, AcpiValue};
