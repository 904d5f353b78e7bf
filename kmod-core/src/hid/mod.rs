// SPDX-License-Identifier: GPL-2.0-only
//! Drivers for human interface devices: keyboards, gamepads, tablets, headsets, and whatever else reports by
//! HID, over USB, Bluetooth, I2C or from user space.
//!
//! A driver is a field under `#[hid_driver]`, with the ids of the devices that it is for. Its `probe` makes a
//! struct under `#[device]` for each device that it is bound to. A field of that struct under `#[bus]`, an
//! [`HidHandle`], is by what its handlers ask the device and tell it something. What comes from the device goes
//! through the driver's other handlers, and then to the kernel's input devices and to `/dev/hidrawN`, as it
//! would without the driver. The device may be taken away at any time: what that means is told in
//! [`instance`](crate::instance).
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A keyboard whose descriptor says 101 keys, and means 231
//! #[kernel_module(name = "clatter", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[hid_driver(ids = [(BUS_USB, 0x1234, 0x5678)])]
//!     clatter: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl HidDriver for Driver {
//!     type Device = Keyboard;
//!
//!     fn probe(&self, _device: &HidDevice<'_, Self>) -> Result<Keyboard> {
//!         Ok(Keyboard::default())
//!     }
//!
//!     fn report_fixup<'r>(
//!         &self,
//!         _fixup: &HidFixup<'_, Self>,
//!         descriptor: &'r mut [u8],
//!     ) -> &'r [u8] {
//!         if let Some(largest @ 101) = descriptor.get_mut(53) {
//!             *largest = 231;
//!         }
//!         descriptor
//!     }
//!
//!     fn raw_event(&self, keyboard: &Keyboard, _report: &mut HidReport<'_>) -> Result {
//!         keyboard.reports.fetch_add(1, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Keyboard {
//!     /// How many reports there were: a file in the device's folder in sysfs.
//!     #[sysfs]
//!     reports: AtomicU32,
//! }
//! # fn main() {}
//! ```
//!
//! | file | what |
//! |---|---|
//! | `driver` | the driver: its ids, its trait, and what the kernel calls |
//! | `handle` | what is asked of a device, and told to it |
//! | `report` | what comes from it |

mod driver;
mod handle;
mod report;

#[doc(hidden)]
pub use driver::{Hid, HidBusDriver, HidDriverField, HidHandlers, HidId, hid_connect};
pub use driver::{HidDevice, HidDriver, HidFixup};
pub use handle::{HidHandle, HidIds, HidReportKind};
pub use report::{HidEvent, HidMapping, HidReport, HidReturn, HidUsage};
