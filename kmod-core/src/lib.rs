// SPDX-License-Identifier: GPL-2.0-only
//! Linux kernel modules in safe Rust: the safe wrappers.
#![no_std]

pub mod alloc;
pub mod error;
