// SPDX-License-Identifier: GPL-2.0-only
//! What every boot of a run needs, found and checked once, before the first boot.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use kmod_build::config::Config;
use kmod_test::wire::Plan;

use super::accel::{self, Accel};
use super::arch::Arch;
use super::boot::{Boot, Outcome};
use super::demands::Demands;
use super::options::VmArgs;
use super::programs::{self, Cargo};
use super::qemu;
use crate::context::Context;
use crate::kernels::Kernel;

/// QEMU, a kernel, `kmod-init` and a way to accelerate: ready to boot.
#[derive(Clone)]
pub struct Machine<'a> {
    pub(super) ctx: &'a Context,
    pub(super) args: VmArgs,
    pub(super) qemu: PathBuf,
    pub(super) image: PathBuf,
    pub(super) init: PathBuf,
    pub(super) accel: Accel,
    /// What the kernel asks for.
    pub(super) demands: Demands,
    /// The kernel's configuration, as its build has it.
    pub(super) config: PathBuf,
    /// Where boots have their folders.
    pub(super) dir: PathBuf,
    /// The guest's architecture.
    pub arch: Arch,
}

impl<'a> Machine<'a> {
    /// Finds all parts. `project` is a folder of the workspace, `target_dir` cargo's for it.
    pub fn prepare(
        ctx: &'a Context,
        args: &VmArgs,
        kernel: &Kernel,
        project: &Path,
        target_dir: &Path,
    ) -> Result<Machine<'a>> {
        let arch = Arch::of(kernel.arch)?;
        let qemu = qemu::find(arch)?;
        let image = kernel.image(ctx)?;
        let manifest = programs::kmod_test_manifest(project)?;
        let init = Cargo::new(ctx, arch, target_dir).init(&manifest)?;
        let mut demands = Demands::of(&Config::read(&kernel.kdir)?);
        if let Some(memory) = args.memory {
            demands.memory = memory;
        }
        let mut machine = Machine {
            ctx,
            args: args.clone(),
            qemu,
            image,
            init,
            accel: Accel::Kvm,
            demands,
            config: kernel.kdir.join("include/config/auto.conf"),
            dir: target_dir.join("kmod/vm").join(&kernel.release),
            arch,
        };
        machine.accel = accel::decide(ctx, args.accel, &machine.qemu, arch.name, || {
            machine.probe()
        })?;
        Ok(machine)
    }

    /// The same, with a guest whose clock counts instructions, and that does the same in each run.
    pub fn counting(&self) -> Self {
        let mut counting = self.clone();
        counting.accel = Accel::Icount;
        let same = [
            "nokaslr",
            "random.trust_cpu=off",
            "random.trust_bootloader=off",
        ];
        counting.args.append.extend(same.map(str::to_owned));
        counting
    }

    /// Whether the guest's code runs on the processor itself.
    pub fn is_native(&self) -> bool {
        self.accel == Accel::Kvm
    }

    /// "6.1.0 on tcg", for a line of progress.
    pub fn accel_name(&self) -> &'static str {
        self.accel.name()
    }

    /// Whether somebody follows each boot: with a debugger, or to see what would be booted.
    pub fn is_watched(&self) -> bool {
        self.args.gdb || self.args.dry_run
    }

    /// Whether a guest that has nothing to do comes to its end.
    fn probe(&self) -> Result<bool> {
        let mut boot = Boot::new("probe", Plan::default());
        boot.limit = Some(accel::PROBE_LIMIT);
        boot.is_probe = true;
        let ended = self.boot(&boot, &mut |_| ())?;
        Ok(matches!(ended.outcome, Outcome::Finished))
    }

    /// The time limit of a boot.
    pub(super) fn limit(&self, boot: &Boot) -> Option<Duration> {
        let limit = boot.limit.map(|limit| self.demands.times * limit);
        if boot.is_probe || boot.own_limit {
            limit
        } else {
            self.args.limit(limit)
        }
    }

    /// The time limit up to the guest's first word.
    pub(super) fn boot_limit(&self) -> Duration {
        let given = self.args.boot_timeout.map(Duration::from_secs);
        given.unwrap_or_else(|| self.demands.boot_limit())
    }

    /// What a plan ends with, for the kernel to say what it has found without having told.
    pub fn last_commands(&self) -> Vec<Vec<String>> {
        match self.demands.finds_leaks {
            true => vec![vec!["kmemleak".to_owned()]],
            false => Vec::new(),
        }
    }
}
