// SPDX-License-Identifier: GPL-2.0-only
//! What was written of an object, a file per attribute.

mod chrdev;
mod chrdev_region;
mod filesystem;
mod misc;
mod sysctl;

pub use chrdev::{Chrdev, Numbers};
pub use chrdev_region::ChrdevRegion;
pub use filesystem::Filesystem;
pub use misc::Misc;
pub use sysctl::Sysctl;
