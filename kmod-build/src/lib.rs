// SPDX-License-Identifier: GPL-2.0-only
//! What the target kernel asks of a compiler, and the bindings of its C API.
//!
//! [`arch`] holds what differs between processors, [`config`] reads the kernel's own configuration,
//! [`rustc`] turns it into the Rust compiler's flags, [`cflags`] makes of kbuild's C flags what
//! bindgen and the helpers need, [`tree`] knows its
//! folders, and [`mod@env`] is how `cargo-kmod` hands all that to build scripts. [`bindings`] is what a build script
//! asks for, [`helpers`] what it leaves to the link.

pub mod arch;
#[cfg(feature = "bindings")]
pub mod bindings;
pub mod cflags;
pub mod config;
pub mod env;
pub mod helpers;
pub mod options;
pub mod rustc;
pub mod tree;
