// SPDX-License-Identifier: GPL-2.0-only
//! The raw C API of the target kernel.
//!
//! In a kernel build (`target_os = "none"`) these are bindgen's declarations, made from that
//! kernel's own headers; everywhere else they are stand-ins with the same names, so that
//! `cargo check`, `clippy`, `doc` and unit tests work on a machine without kernel headers.
#![no_std]
#![expect(missing_docs, reason = "the kernel documents its C API")]

#[cfg(not(target_os = "none"))]
extern crate std;

#[cfg(not(target_os = "none"))]
mod host;
#[cfg(target_os = "none")]
mod kernel;

#[cfg(not(target_os = "none"))]
pub use host::*;
#[cfg(target_os = "none")]
pub use kernel::*;
