// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod test` runs, and how it is told.
//!
//! `host` is cargo's own tests, `guest` a VM per module crate, `gate` starts what only this repository asks of
//! itself; each gives [`Case`]s to the [`Reporter`].

mod case;
mod faults;
mod gate;
mod guest;
mod host;
mod judge;
mod libtest;
mod matrix;
mod partition;
mod programs;
mod reporter;

pub use case::{Case, Verdict};
pub use faults::{Fault, check as check_faults};
pub use gate::{Gate, VARIABLE as STARTED_BY};
pub use guest::{Guest, GuestSuite, is_module_crate, modules};
pub use host::HostSuite;
pub use judge::Judge;
pub use matrix::{Column, read as read_results};
pub use partition::Partition;
pub use programs::{TestProgram, has_tests};
pub use reporter::{Format, Reporter};
