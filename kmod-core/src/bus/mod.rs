// SPDX-License-Identifier: GPL-2.0-only
//! What the drivers of most buses have in common: how they are registered, what `probe` is told, and the
//! field by which a device's handlers reach it on its bus.
//!
//! | file | what |
//! |---|---|
//! | `driver` | the object that a driver is, and what the driver core calls |
//! | `device` | what `probe` knows of the device |
//! | `default` | a driver of which nothing is said but what its devices are |
//! | `handle` | a field under `#[bus]` |
//! | `any` | such a field for devices of any bus |
//! | `handlers` | the traits of the buses' drivers |
//! | `names` | the texts in rows of tables of ids |

mod any;
mod default;
mod device;
mod driver;
mod handle;
pub(crate) mod handlers;
pub(crate) mod names;

pub use any::DeviceHandle;
pub use default::DefaultDriver;
pub use device::BusDevice;
pub use driver::{Bus, DmaBus, Driver};
#[doc(hidden)]
pub use driver::{BusDriver, DriverField, DriverHandlers, MadeElsewhere};
pub use handle::Handle;
#[doc(hidden)]
pub use handle::{BusField, BusObject};

pub(crate) use handle::Pointer;
pub(crate) use handlers::driver_trait;
