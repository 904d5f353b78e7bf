// SPDX-License-Identifier: GPL-2.0-only
//! The options of every verb that boots a VM.

use std::time::Duration;

use super::accel::AccelChoice;
use super::devices;

/// How to boot.
#[derive(clap::Args, Clone, Debug)]
pub struct VmArgs {
    /// How the guest's code runs; `auto` tries KVM with a short boot
    #[arg(long, value_enum, default_value_t = AccelChoice::Auto)]
    pub accel: AccelChoice,
    /// End a VM that runs longer than this
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,
    /// End a VM that says nothing for so long after its start; by default by the kernel's
    /// configuration
    #[arg(long, value_name = "SECONDS")]
    pub boot_timeout: Option<u64>,
    /// The VM's memory, in megabytes; by default by the kernel's configuration
    #[arg(long, value_name = "MB")]
    pub memory: Option<u32>,
    /// Give the VM a device, as QEMU's -device takes it (repeatable)
    #[arg(long, value_name = "DEVICE", value_parser = devices::parse)]
    pub device: Vec<String>,
    /// Add to the kernel's command line (repeatable)
    #[arg(long, value_name = "PARAMETERS", allow_hyphen_values = true)]
    pub append: Vec<String>,
    /// Show what would be booted, and do not boot
    #[arg(long)]
    pub dry_run: bool,
    /// Keep the initramfs, and say where it and the logs are
    #[arg(long)]
    pub keep: bool,
    /// Wait for gdb on port 1234 before the kernel starts; no time limit, no KASLR
    #[arg(long)]
    pub gdb: bool,
}

impl VmArgs {
    /// The time limit of a boot; `default` when none was given, `None` with `--gdb`.
    pub fn limit(&self, default: Option<Duration>) -> Option<Duration> {
        if self.gdb {
            return None;
        }
        self.timeout.map(Duration::from_secs).or(default)
    }
}
