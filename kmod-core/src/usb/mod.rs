// SPDX-License-Identifier: GPL-2.0-only
//! Drivers for USB devices, by interface: what a device has of one purpose, with its endpoints.
//!
//! A driver is a field under `#[usb_driver]`, with the ids of the devices, or of the classes of interfaces, that
//! it is for. Its `probe` makes a struct under `#[device]` for each interface that it is bound to. A field of
//! that struct under `#[bus]`, an [`UsbInterface`], is by what its handlers talk to the device; each call may
//! sleep until its timeout. The device may be pulled out at any time: what waits for it then is over at once, and
//! what that means for the rest is told in [`instance`](crate::instance).
//!
//! ```
//! use core::time::Duration;
//! use kmod_core::prelude::*;
//!
//! /// A lamp that is switched by control messages
//! #[kernel_module(name = "glow", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[usb_driver(ids = [(0x1234, 0x5678)])]
//!     glow: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl UsbDriver for Driver {
//!     type Device = Lamp;
//!
//!     fn probe(&self, device: &UsbDevice<'_, Self>) -> Result<Lamp> {
//!         Ok(Lamp {
//!             usb: UsbInterface::new(),
//!             colours: device.endpoint(0)?,
//!             node: Node,
//!         })
//!     }
//! }
//!
//! #[device]
//! struct Lamp {
//!     #[bus]
//!     usb: UsbInterface,
//!     /// The first bulk endpoint by which the device is sent something.
//!     colours: UsbEndpoint<Bulk, Out>,
//!     /// /dev/glow0
//!     #[misc(name = "glow{index}")]
//!     node: Node,
//! }
//!
//! struct Node;
//!
//! const SECOND: Duration = Duration::from_secs(1);
//!
//! #[file_operations]
//! impl FileOperations for Node {
//!     type Instance = Lamp;
//!
//!     fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
//!         let lamp = file.instance();
//!         let colours = from.read_all(4096, GFP_KERNEL)?;
//!         lamp.usb.control_out(&UsbRequest::vendor(1).value(1), &[], SECOND)?;
//!         lamp.usb.write(&lamp.colours, &colours, SECOND)?;
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! | file | what |
//! |---|---|
//! | `driver` | the driver: its ids, and what the kernel calls |
//! | `interface` | what is said to a device, and what it answers |
//! | `endpoint` | by what more than requests goes over |
//! | `urb` | transfers that nobody waits for |

mod driver;
mod endpoint;
mod interface;
mod urb;

#[doc(hidden)]
pub use driver::{Usb, UsbId};
pub use driver::{UsbDevice, UsbDriver};
pub use endpoint::{Bulk, In, Interrupt, Out, UsbDirection, UsbEndpoint, UsbTransfer};
pub use interface::{UsbDescriptor, UsbInterface, UsbRequest};
pub use urb::{IsUrb, Urb, UrbCall, UrbHandler, UrbReturn};
#[doc(hidden)]
pub use urb::{UrbField, UrbObject};
