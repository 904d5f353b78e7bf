// SPDX-License-Identifier: GPL-2.0-only
//! Drivers for what is on an I2C or SMBus bus.
//!
//! A driver is a field under `#[i2c_driver]`, with the names of the devices that it is for. Its `probe`
//! makes a struct under `#[device]` for each device that it is bound to. A field of that struct under
//! `#[bus]`, an [`I2cClient`], is by what its handlers talk to the chip. The device may be taken away at any
//! time: what that means is told in [`instance`](crate::instance).
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A thermometer
//! #[kernel_module(name = "warmth", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[i2c_driver(ids = ["warmth"])]
//!     warmth: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl I2cDriver for Driver {
//!     type Device = Chip;
//!
//!     fn probe(&self, device: &I2cDevice<'_, Self>) -> Result<Chip> {
//!         // Is it one at all?
//!         if device.read_byte_data(0x07)? != 0x75 {
//!             return Err(ENODEV);
//!         }
//!         Ok(Chip::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Chip {
//!     #[bus]
//!     chip: I2cClient,
//!     /// /dev/warmth0
//!     #[misc(name = "warmth{index}", mode = 0o444)]
//!     node: Node,
//! }
//!
//! #[derive(Default)]
//! struct Node;
//!
//! #[file_operations]
//! impl FileOperations for Node {
//!     type Instance = Chip;
//!
//!     fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
//!         writeln!(to, "{}", file.instance().chip.read_word_data(0x00)?.swap_bytes())
//!     }
//! }
//! # fn main() {}
//! ```

mod client;
mod driver;

pub use client::{BLOCK_MAX, I2cClient};
#[doc(hidden)]
pub use driver::{I2c, I2cId};
pub use driver::{I2cDevice, I2cDriver};
