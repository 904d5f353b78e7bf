// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod test` runs, and how it is told.
//!
//! `host` is cargo's own tests, `guest` a VM per module crate, `selftest` proves that the VM's
//! watch sees what it must, `bench` that nothing costs more than it did; each gives [`Case`]s to the
//! [`Reporter`].

mod bench;
mod case;
mod guest;
mod host;
mod judge;
mod libtest;
mod matrix;
mod partition;
mod programs;
mod reporter;
mod selftest;

pub use bench::run as bench;
pub use case::{Case, Verdict};
pub use guest::{Guest, GuestSuite, is_module_crate, modules};
pub use host::HostSuite;
pub use matrix::{Column, read as read_results};
pub use partition::Partition;
pub use programs::has_tests;
pub use reporter::{Format, Reporter};
pub use selftest::run as selftest;
