// SPDX-License-Identifier: GPL-2.0-only
//! Syntax: from tokens to the model, a file per attribute.

pub mod args;
pub mod chrdev;
pub mod chrdev_region;
pub mod docs;
pub mod file_operations;
pub mod filesystem;
pub mod ioctl;
pub mod misc;
pub mod module;
pub mod param_enum;
pub mod params;
pub mod sysctl;
pub mod types;
pub mod uapi;
pub mod values;
