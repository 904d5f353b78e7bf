// SPDX-License-Identifier: GPL-2.0-only
//! The rules of objects, a file per attribute.

pub mod chrdev;
pub mod chrdev_region;
pub mod filesystem;
pub mod misc;
pub mod sysctl;
