// SPDX-License-Identifier: GPL-2.0-only
//! What every boot of a run needs, found and checked once, before the first boot.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use kmod_build::config::Config;
use kmod_test::wire::{Event, Plan};
use kmod_vm::{Accel, Arch, Boot, Item, Outcome, Ready};

use super::accel::{self, AccelChoice};
use super::demands::Demands;
use super::gdb;
use super::options::VmArgs;
use super::programs::{self, Cargo};
use crate::context::Context;
use crate::decode::Decoder;
use crate::error::{Failure, host, unfit, usage};
use crate::kernels::Kernel;
use crate::process;

/// How often a guest is booted until its first process runs. Two in a row were seen to fail.
const BOOTS: u32 = 5;

/// A machine with all its parts, for boots as the options want them.
#[derive(Clone)]
pub struct Machine<'a> {
    ctx: &'a Context,
    args: VmArgs,
    /// What the kernel asks for.
    demands: Demands,
    machine: kmod_vm::Machine,
    arch: Arch,
    /// What it boots.
    kernel: Kernel,
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
        let arch = Arch::of(kernel.arch).map_err(explain)?;
        let qemu = qemu(arch, process::which(arch.qemu.program))?;
        let image = kernel.image(ctx)?;
        let manifest = programs::kmod_test_manifest(project)?;
        let init = Cargo::new(ctx, arch, kernel, target_dir).init(&manifest)?;
        let demands = Demands::of(&Config::read(&kernel.kdir)?, kernel.arch.is_foreign());
        let boot_limit = args.boot_timeout.map(Duration::from_secs);
        let machine = kmod_vm::Machine {
            accel: Accel::Kvm,
            kernel: image,
            config: Some(kernel.kdir.join("include/config/auto.conf")),
            init,
            memory: args.memory.unwrap_or(demands.memory),
            words: demands.words.iter().map(|&word| word.to_owned()).collect(),
            boot_limit: boot_limit.unwrap_or_else(|| demands.boot_limit()),
            dir: target_dir.join("kmod/vm").join(&kernel.release),
            qemu,
            ..kmod_vm::Machine::new(arch)
        };
        let mut prepared = Machine {
            ctx,
            args: args.clone(),
            demands,
            machine,
            arch,
            kernel: kernel.clone(),
        };
        let accel = accel::decide(ctx, args.accel, &prepared.machine.qemu, arch.name, || {
            prepared.probe()
        })?;
        prepared.machine.accel = accel;
        // What the user gives is for the boots that the user has asked for.
        prepared.machine.words.extend(args.append.iter().cloned());
        prepared.machine.devices.clone_from(&args.device);
        prepared.machine.gdb = args.gdb;
        Ok(prepared)
    }

    /// What builds the guest's programs.
    pub fn cargo<'m>(&'m self, target_dir: &'m Path) -> Cargo<'m> {
        Cargo::new(self.ctx, self.arch, &self.kernel, target_dir)
    }

    /// Boots, hands each event to `see`, and waits for the end. `None` if nothing was to be booted:
    /// `--dry-run`.
    ///
    /// A guest that came nowhere is [booted again](Outcome::before_a_word), `BOOTS` times in all.
    pub fn boot(&self, boot: &Boot, see: &mut dyn FnMut(Event)) -> Result<Option<Ended>> {
        let limit = boot.limit.map(|limit| self.demands.times * limit);
        let mut boot = Boot {
            limit: self.args.limit(limit),
            ..boot.clone()
        };
        if self.machine.gdb {
            let told = (kmod_test::TOLD_PLACES.to_owned(), "1".to_owned());
            boot.plan.env.push(told);
        }
        let mut ready = self.ready(&boot)?;
        let shown = process::show(ready.command());
        if self.args.dry_run {
            println!("{shown}");
            print!("{}", boot.plan.encode());
            ready.tidy();
            return Ok(None);
        }
        if self.machine.gdb {
            let script = gdb::script(&boot, ready.dir(), ready.console())?;
            eprintln!("the guest waits for: gdb -x {}", script.display());
        }
        let mut left = BOOTS;
        let ended = loop {
            if self.ctx.verbose {
                eprintln!("+ {shown}");
            }
            let mut silent = true;
            // An interactive guest has the terminal.
            let mut waiting =
                (!boot.interactive).then(|| self.ctx.progress.waiting("booting a VM"));
            let ended = ready.boot(&mut |event| {
                silent = false;
                waiting = None;
                see(event);
            });
            drop(waiting);
            let ended = ended?;
            left -= 1;
            match ended.outcome.before_a_word(self.machine.boot_limit) {
                Some(how) if silent && left > 0 => self.ctx.progress.note(format!(
                    "the guest's kernel {how} before its first process ran; once more:"
                )),
                _ => break ended,
            }
        };
        if self.args.keep {
            eprintln!("kept: {}", ready.dir().display());
            eprintln!("boot it again with: {shown}");
        } else {
            ready.tidy();
        }
        Ok(Some(Ended {
            outcome: ended.outcome,
            console: ended.console,
            code: ended.code,
            decoder: decoder(&boot),
        }))
    }

    /// A boot of which all is there, with QEMU as from a fresh shell.
    fn ready(&self, boot: &Boot) -> Result<Ready> {
        let mut ready = self.machine.ready(boot).map_err(explain)?;
        for (name, value) in process::command(&self.machine.qemu).get_envs() {
            match value {
                Some(value) => ready.command_mut().env(name, value),
                None => ready.command_mut().env_remove(name),
            };
        }
        Ok(ready)
    }

    /// The same, for boots whose time limits no option changes.
    pub fn with_own_limits(&self) -> Self {
        let mut machine = self.clone();
        machine.args.timeout = None;
        machine
    }

    /// The same, with a kernel that can have all allocations fail but those of what watches it. Its other checks of
    /// allocations stay as they are where they are on.
    pub fn failing(&self) -> Self {
        let mut failing = self.clone();
        let word = "slub_debug=FZPUA;FZPU,kmemleak*,debug_objects*";
        failing.machine.words.push(word.to_owned());
        failing
    }

    /// The same, with a log of the modules' code that runs, which QEMU's translator writes.
    pub fn logging_code(&self) -> Result<Self> {
        let Some(modules) = self.arch.guest.modules else {
            bail!(
                unfit(format!(
                    "--coverage does not know where modules lie on {}",
                    self.arch.name
                ))
                .help("-k names a kernel of another architecture")
            );
        };
        if self.args.accel == AccelChoice::Kvm {
            bail!(usage("--coverage asks QEMU's translator which code runs").help("--accel tcg"));
        }
        let mut logging = self.clone();
        logging.machine.code = Some(modules);
        if logging.is_native() {
            logging.machine.accel = Accel::Tcg;
        }
        Ok(logging)
    }

    /// The same, with a guest whose clock counts instructions, and that does the same in each run.
    pub fn counting(&self) -> Self {
        let mut counting = self.clone();
        counting.machine.accel = Accel::Icount;
        let same = [
            "nokaslr",
            "random.trust_cpu=off",
            "random.trust_bootloader=off",
        ];
        counting.machine.words.extend(same.map(str::to_owned));
        counting
    }

    /// Whether the guest's code runs on the processor itself.
    pub fn is_native(&self) -> bool {
        self.machine.accel == Accel::Kvm
    }

    /// "6.1.0 on tcg", for a line of progress.
    pub fn accel_name(&self) -> &'static str {
        self.machine.accel.name()
    }

    /// Whether somebody follows each boot: with a debugger, or to see what would be booted.
    pub fn is_watched(&self) -> bool {
        self.args.gdb || self.args.dry_run
    }

    /// Whether a guest that has nothing to do comes to its end.
    fn probe(&self) -> Result<bool> {
        let mut boot = Boot::new("probe", Plan::default());
        boot.limit = Some(accel::PROBE_LIMIT);
        let mut ready = self.ready(&boot)?;
        let ended = ready.boot(&mut |_| ())?;
        ready.tidy();
        Ok(matches!(ended.outcome, Outcome::Finished))
    }

    /// What a plan ends with, for the kernel to say what it has found without having told.
    pub fn last_commands(&self) -> Vec<Vec<String>> {
        match self.demands.finds_leaks {
            true => vec![vec!["kmemleak".to_owned()]],
            false => Vec::new(),
        }
    }
}

/// How a boot ended.
pub struct Ended {
    /// The verdict.
    pub outcome: Outcome,
    /// The console's log.
    pub console: PathBuf,
    /// The log of the code that ran, if one was wanted.
    code: Option<PathBuf>,
    /// Reads the kernel's reports of the boot's modules.
    pub decoder: Decoder,
}

impl Ended {
    /// The log of the code that ran.
    pub fn code(&self) -> Option<&Path> {
        self.code.as_deref()
    }
}

/// What reads the kernel's reports of the modules in a guest's root.
pub fn decoder(boot: &Boot) -> Decoder {
    Decoder::of(boot.items.iter().filter_map(Item::module))
}

/// QEMU's program for the architecture.
fn qemu(arch: Arch, program: Option<PathBuf>) -> Result<PathBuf> {
    match program {
        Some(program) => Ok(program),
        None => bail!(
            host(format!(
                "{} is not there: no VM can be booted",
                arch.qemu.program
            ))
            .help(format!("sudo apt-get install {}", arch.qemu.package))
        ),
    }
}

/// With what to do about it.
fn explain(error: kmod_vm::Error) -> Failure {
    let failure = host(error.to_string());
    match &error {
        kmod_vm::Error::NoVm { .. } => {
            failure.help("`cargo kmod build` builds for it, to be tried on such a machine")
        }
        kmod_vm::Error::NoIasl => failure.help("sudo apt-get install acpica-tools"),
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_qemu_names_the_package() {
        let arch = Arch::of(kmod_build::arch::Arch::FIRST).unwrap();
        let said = crate::error::message(&qemu(arch, None).unwrap_err());
        assert!(said.contains("apt-get install qemu-system-x86"), "{said}");
    }
}
