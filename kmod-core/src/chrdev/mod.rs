// SPDX-License-Identifier: GPL-2.0-only
//! Character devices: numbers, the device behind them, and nodes in `/dev`.
//!
//! | attribute | gives |
//! |---|---|
//! | [`#[misc]`](crate::miscdevice) | one number among those of all misc devices, and its node |
//! | `#[chrdev]` | device numbers, a device that answers to them, and its nodes |
//! | `#[chrdev_region]` | device numbers alone |
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Counts how often it is read
//! #[kernel_module(name = "counter", license = "GPL")]
//! #[derive(Default)]
//! struct Counter {
//!     /// /dev/counter
//!     #[chrdev(mode = 0o444)]
//!     counter: Count,
//! }
//!
//! #[derive(Default)]
//! struct Count(AtomicU32);
//!
//! #[file_operations]
//! impl FileOperations for Count {
//!     fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
//!         let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
//!         writeln!(to, "{count}")
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! A device can be opened from when the module has registered all of its objects; `ENXIO` before.
//! While a file of it is open, the module cannot be unloaded.

mod class;
mod device;
mod region;

#[doc(hidden)]
pub use device::NodeName;
pub use device::{Chrdev, ChrdevField, CountedChrdev, FixedChrdev};
pub use region::{ChrdevRegion, ChrdevRegionField, ChrdevRegionObject, RegionType};
