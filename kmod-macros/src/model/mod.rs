// SPDX-License-Identifier: GPL-2.0-only
//! What was written, typed, each part with the place where it stands; a file per attribute.

mod chrdev;
mod chrdev_region;
mod file_operations;
mod filesystem;
mod ioctl;
mod misc;
mod module;
mod param_enum;
mod params;
mod sysctl;
mod uapi;
mod values;

pub use chrdev::{Chrdev, Numbers};
pub use chrdev_region::ChrdevRegion;
pub use file_operations::{FileOperations, ReadyMade};
pub use filesystem::Filesystem;
pub use ioctl::{Code, Command, Direction, Ioctl};
pub use misc::Misc;
pub use module::{Field, Module};
pub use param_enum::{ParamEnum, Variant};
pub use params::{Param, ParamKind};
pub use sysctl::Sysctl;
pub use uapi::Uapi;
pub use values::{Number, Range, Text, Word};
