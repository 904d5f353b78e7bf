// SPDX-License-Identifier: GPL-2.0-only
//! WMI: blocks of methods, data and events that a laptop's firmware names by GUIDs.
//!
//! A driver is a field under `#[wmi_driver]`, with the GUIDs that it is for. Its `probe` makes a struct under
//! `#[device]` for each block of these. A field of that struct under `#[bus]`, a [`WmiHandle`], is by what its
//! handlers call methods, and query and set data; `notify` of the driver is called for events. Blocks that have no
//! driver here are used by a [`WmiGuid`]. What both do is in the trait [`WmiBlock`].
//!
//! What is sent and answered are structs under [`#[uapi]`](macro@crate::uapi), integers and arrays of them. Firmware
//! lies: an answer that is shorter than its type is `ENODATA`, one that is nothing that has bytes `EPROTO`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A laptop's hotkeys
//! #[kernel_module(name = "hotkeys", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[wmi_driver(ids = ["7A1B3C5D-0001-4E0F-8A9B-112233445566"])]
//!     hotkeys: Driver,
//! }
//!
//! /// The block of the methods, which belongs to no event.
//! const METHODS: WmiGuid = WmiGuid::new("7A1B3C5D-0002-4E0F-8A9B-112233445566");
//!
//! /// What the firmware is told of a light.
//! #[uapi]
//! struct Light {
//!     number: u8,
//!     on: u8,
//!     reserved: [u8; 2],
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl WmiDriver for Driver {
//!     type Device = Hotkeys;
//!
//!     fn probe(&self, device: &WmiDevice<'_, Self>) -> Result<Hotkeys> {
//!         pr_info!("{} is there", device.name());
//!         Ok(Hotkeys::default())
//!     }
//!
//!     fn notify(&self, _hotkeys: &Hotkeys, event: &WmiEvent<'_>) {
//!         let Ok([key, state]) = event.read::<[u8; 2]>() else {
//!             return pr_warn!("an event without a key");
//!         };
//!         let light = Light { number: key, on: state, reserved: [0; 2] };
//!         // Method 3 of the first block answers with a number.
//!         match METHODS.method::<_, u32>(0, 3, &light) {
//!             Ok(done) => pr_info!("key {key}: {done}"),
//!             Err(error) => pr_warn!("key {key}: {error:?}"),
//!         }
//!     }
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Hotkeys {
//!     #[bus]
//!     block: WmiHandle,
//! }
//! # fn main() {}
//! ```

mod block;
mod data;
mod driver;
mod event;

pub use block::{WmiBlock, WmiGuid, WmiHandle};
#[doc(hidden)]
pub use driver::{Wmi, WmiBusDriver, WmiDriverField, WmiHandlers, WmiId};
pub use driver::{WmiDevice, WmiDriver};
pub use event::WmiEvent;
