// SPDX-License-Identifier: GPL-2.0-only
//! What the target kernel asks of a compiler.
//!
//! [`arch`] holds what differs between processors, [`config`] reads the kernel's own configuration, [`rustc`] turns it into the Rust compiler's
//! flags, [`cflags`] makes of kbuild's C flags what bindgen and the helpers need, and [`mod@env`] is
//! how `cargo-kmod` hands all that to the build script of `kmod-bindings`.

pub mod arch;
pub mod cflags;
pub mod config;
pub mod env;
pub mod options;
pub mod rustc;
