// SPDX-License-Identifier: GPL-2.0-only
//! Drivers for what is on an SPI bus.
//!
//! A driver is a field under `#[spi_driver]`, with the names of the devices that it is for. Its `probe` makes a struct
//! under `#[device]` for each device that it is bound to. A field of that struct under `#[bus]`, an [`SpiHandle`], is by
//! what its handlers talk to the device. The device may be taken away at any time, and its controller, too: what that
//! means is told in [`instance`](crate::instance).
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A converter of voltages
//! #[kernel_module(name = "volts", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[spi_driver(ids = ["volts"])]
//!     volts: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl SpiDriver for Driver {
//!     type Device = Converter;
//!
//!     fn probe(&self, device: &SpiDevice<'_, Self>) -> Result<Converter> {
//!         device.setup(SpiSettings::new().mode(SpiMode::Mode3).max_speed(1_000_000))?;
//!         Ok(Converter::default())
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Converter {
//!     #[bus]
//!     spi: SpiHandle,
//!     /// /dev/volts0
//!     #[misc(name = "volts{index}", mode = 0o444)]
//!     node: Node,
//! }
//!
//! #[derive(Default)]
//! struct Node;
//!
//! #[file_operations]
//! impl FileOperations for Node {
//!     type Instance = Converter;
//!
//!     fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
//!         let mut value = [0; 2];
//!         file.instance().spi.write_then_read(&[0x01], &mut value)?;
//!         writeln!(to, "{}", u16::from_be_bytes(value))
//!     }
//! }
//! # fn main() {}
//! ```

mod buffer;
mod driver;
mod handle;
mod settings;
mod transfer;

pub use buffer::SpiBuffer;
#[doc(hidden)]
pub use driver::{Spi, SpiId};
pub use driver::{SpiDevice, SpiDriver};
pub use handle::SpiHandle;
pub use settings::{SpiMode, SpiSettings};
pub use transfer::SpiTransfer;
