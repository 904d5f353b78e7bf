// SPDX-License-Identifier: GPL-2.0-only
//! Character devices: numbers, the device behind them, and nodes in `/dev`.
//!
//! | attribute | gives |
//! |---|---|
//! | `#[chrdev]` | device numbers, a device that answers to them, and its nodes |
//! | `#[chrdev_region]` | device numbers alone |

mod device;
mod region;

pub use device::{Chrdev, ChrdevField};
pub use region::{ChrdevRegion, ChrdevRegionField, ChrdevRegionObject};
