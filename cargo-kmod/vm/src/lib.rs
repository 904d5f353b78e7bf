// SPDX-License-Identifier: GPL-2.0-only
//! A VM without a disk, to see what a kernel does: QEMU, the kernel, and an initramfs with `kmod-init`, of the
//! crate `kmod_test`, and what it shall run.
//!
//! A [`Machine`] is what boots have in common, a [`Boot`] is one of them: a [`Plan`] of commands, the [`Item`]s
//! of the guest's root, devices, what firmware says. [`Machine::boot`] hands over each [`Event`] when it
//! happens, and says how the boot ended. [`Watch`] knows the kernel's own complaints among them: WARN, BUG, an
//! Oops, the sanitizers' reports.
//!
//! The guest's kernel has its console on the first serial port, whose log is a file; `kmod-init` tells its events
//! on the second; a user's shell has the third, or QEMU's monitor, which `kmod_test::Monitor` speaks with.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use kmod_vm::{Accel, Arch, Boot, Event, Machine, Outcome, Plan};
//!
//! let arch = Arch::of(kmod_build::arch::Arch::FIRST)?;
//! let machine = Machine {
//!     arch,
//!     qemu: "/usr/bin/qemu-system-x86_64".into(),
//!     accel: Accel::Tcg,
//!     kernel: "/boot/vmlinuz-6.1.0-56-cloud-amd64".into(),
//!     init: "target/kmod-init".into(),
//!     dir: "target/vm".into(),
//!     ..Machine::new(arch)
//! };
//! let mut plan = Plan::default();
//! plan.commands.push(vec!["/bin/uname".into(), "-a".into()]);
//! let boot = Boot::new("uname", plan);
//! let ended = machine.boot(&boot, &mut |event| {
//!     if let Event::Log { text, .. } = event {
//!         println!("{text}");
//!     }
//! })?;
//! assert_eq!(ended.outcome, Outcome::Finished);
//! # Ok::<(), kmod_vm::Error>(())
//! ```

mod accel;
mod acpi;
mod arch;
mod boot;
mod clock;
mod doorbell;
mod error;
mod initramfs;
mod klog;
mod machine;
mod qemu;

pub use accel::Accel;
pub use arch::Arch;
pub use boot::{Boot, Ended, Outcome};
pub use error::Error;
pub use initramfs::Item;
pub use klog::{Watch, complains};
pub use kmod_test::wire::{Event, Plan};
pub use machine::{Machine, Ready};
