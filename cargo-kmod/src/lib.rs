// SPDX-License-Identifier: GPL-2.0-only
//! Builds, runs and tests Linux kernel modules written in Rust.
//!
//! [`cli`] reads the command line, [`commands`] has a file per verb; the rest is what verbs share. It is a library
//! for this repository's own gate (`cargo-kmod/gate`), which stands on the same parts: nobody else can rely on
//! what is public here. Two libraries are for everybody: `kmod_verify` looks at a finished module, `kmod_vm` boots
//! a kernel in QEMU.

// Before all others, which use its macros.
#[macro_use]
pub mod output;

pub mod build;
mod cache;
mod changed;
pub mod cli;
pub mod commands;
pub mod context;
pub mod coverage;
mod debian;
pub mod decode;
pub mod error;
pub mod exit;
mod framework;
pub mod fuzz;
mod glue;
mod headers;
pub mod kernels;
mod object;
pub mod package;
mod packaging;
pub mod process;
pub mod progress;
pub mod setup;
pub mod suite;
mod toolchain;
mod uapi;
pub mod units;
pub mod vm;
