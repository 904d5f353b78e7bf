// SPDX-License-Identifier: GPL-2.0-only
//! A VM without a disk: the kernel, an initramfs with `kmod-init` and what it shall run.
//!
//! `Machine::prepare` finds and checks what every boot needs; `Machine::boot` runs one plan and
//! says how it ended. The guest's kernel has its console on the first serial port (a log file);
//! `kmod-init` tells its events on the second; a user's shell gets the third.

mod accel;
mod arch;
mod boot;
mod demands;
mod devices;
mod firmware;
mod initramfs;
mod klog;
mod machine;
mod options;
mod own_modules;
mod programs;
mod qemu;
mod trouble;

pub use arch::Arch;
pub use boot::{Boot, Outcome};
pub use devices::devices;
pub use firmware::firmware;
pub use initramfs::Item;
pub use klog::Watch;
pub use machine::Machine;
pub use options::VmArgs;
pub use own_modules::OwnModules;
pub use programs::{Cargo, Program, kmod_test_manifest, static_program};
pub use trouble::{console_lines, trouble_of};
