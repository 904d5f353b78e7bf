// SPDX-License-Identifier: GPL-2.0-only
//! PCI drivers.
//!
//! A driver is a field under `#[pci_driver]`, with the ids of the devices that it is for. Its `probe`
//! makes a struct under `#[device]` for each device that it is bound to. That struct's fields are what the
//! device has: its registers in a [`Bar`], nodes, timers, works, state. The device may be pulled out at any
//! time, or unbound: what that means is told in [`instance`](crate::instance).
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// QEMU's educational card: it computes factorials
//! #[kernel_module(name = "factorial", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[pci_driver(ids = [(0x1234, 0x11e8)])]
//!     factorial: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PciDriver for Driver {
//!     type Device = Card;
//!
//!     fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Card> {
//!         pr_info!("{} is there", pci.name());
//!         Ok(Card::default())
//!     }
//! }
//!
//! #[registers(size = 0x100)]
//! struct Edu {
//!     #[rw(0x08)]
//!     factorial: u32,
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Card {
//!     #[bar(index = 0)]
//!     registers: Bar<Edu>,
//!     /// /dev/factorial0
//!     #[misc(name = "factorial{index}", mode = 0o444)]
//!     node: Node,
//! }
//!
//! #[derive(Default)]
//! struct Node;
//!
//! #[file_operations]
//! impl FileOperations for Node {
//!     type Instance = Card;
//!
//!     fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
//!         writeln!(to, "{}", file.instance().registers.read(Edu::FACTORIAL))
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! The device is enabled before `probe`, and disabled when all of it has gone. It is made a bus
//! master for interrupts that are messages, and for [DMA](mod@crate::dma), as long as it has such.

mod bar;
mod config;
mod device;
mod driver;
mod other;

pub use bar::{Bar, BarSpace, BarWindow, MappedBar};
#[doc(hidden)]
pub use bar::{BarField, BarObject};
pub use config::{ConfigWord, PciConfig};
pub use device::PciDevice;
pub use driver::PciDriver;
#[doc(hidden)]
pub use driver::{Pci, PciBusDriver, PciHandlers, PciId};
pub use other::{OtherDevice, OtherDevices};

use core::ptr::NonNull;

use kmod_bindings::{self as bindings, pci_dev};

use crate::instance::At;

/// The PCI device that an object of its device's struct belongs to; `None` if it is none of PCI.
///
/// # Safety
///
/// `at` is what the object is registered with, or is being.
pub(crate) unsafe fn device_of(at: &At) -> Option<NonNull<pci_dev>> {
    // SAFETY: It is there while its device's objects are.
    let bound = unsafe { at.bound?.as_ref() };
    // SAFETY: The kernel's device lives while its objects are registered (`Bound`'s invariant).
    NonNull::new(unsafe { bindings::kmod_pci_of(bound.parent) })
}
