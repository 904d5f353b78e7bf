// SPDX-License-Identifier: GPL-2.0-only
//! The VMs of the verbs: `kmod_vm`'s, for a kernel that was found and the options that were given.
//!
//! `Machine::prepare` finds and checks what every boot needs; `Machine::boot` runs one plan and
//! says how it ended.

mod accel;
mod demands;
mod devices;
mod firmware;
mod gdb;
mod machine;
mod options;
mod own_modules;
mod programs;
mod trouble;

pub use devices::{devices, monitor};
pub use firmware::firmware;
pub use kmod_vm::{Arch, Boot, Item, Outcome, Watch, complains};
pub use machine::{Ended, Machine, decoder};
pub use options::VmArgs;
pub use own_modules::OwnModules;
pub use programs::{Cargo, Program, kmod_test_manifest, static_program};
pub use trouble::{console_lines, trouble_of};
