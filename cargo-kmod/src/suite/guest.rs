// SPDX-License-Identifier: GPL-2.0-only
//! A VM per module crate: builds the module and its test programs, boots, judges each test.

use std::fs;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};
use cargo_metadata::{DependencyKind, Package};
use kmod_build::config::Config;
use kmod_test::wire::{FAULTS, Plan};

use super::faults;
use super::judge::Judge;
use super::programs::{self, TestProgram};
use super::{Case, Column, Reporter};
use crate::build::{self, BuiltModule};
use crate::context::Context;
use crate::coverage::Coverage;
use crate::exit::Exit;
use crate::kernels::{self, Kernel};
use crate::uapi;
use crate::vm::{self, Boot, Ended, Item, Machine, devices, firmware, monitor, trouble_of};

/// The time limit of one module's VM.
const LIMIT: Duration = Duration::from_secs(240);

/// How many VMs run at a time.
const VMS: usize = 2;

/// Module crates and which of their tests.
pub struct GuestSuite<'a> {
    /// The workspace's folder.
    pub dir: PathBuf,
    /// Cargo's target folder.
    pub target_dir: PathBuf,
    /// The module crates.
    pub packages: Vec<&'a Package>,
    /// Parts of the tests' names; all tests without one.
    pub filters: Vec<String>,
    /// How many times as often tests do what they repeat.
    pub soak: u32,
    /// Whether allocations and copies fail in them on order.
    pub faults: bool,
    /// What takes which code ran, if anybody asks.
    pub coverage: Option<Coverage>,
}

/// A kernel, and the VMs that boot it.
pub struct Guest<'a> {
    /// The kernel.
    pub kernel: Kernel,
    /// What boots it.
    pub machine: Machine<'a>,
    /// The packages whose tests run on it; without a list all of them.
    pub packages: Option<Vec<String>>,
    /// The kernel's configuration.
    pub config: Config,
}

impl Guest<'_> {
    /// Whether the tests of a package run on it.
    pub fn takes(&self, package: &Package) -> bool {
        let listed = |packages: &Vec<String>| packages.iter().any(|name| *name == *package.name);
        self.packages.as_ref().is_none_or(listed) && self.lacking(package).is_none()
    }

    /// What the package asks for, and the kernel or its VM has not: an option, or firmware.
    pub fn lacking(&self, package: &Package) -> Option<String> {
        let Package { name, metadata, .. } = package;
        let asked = kernels::asked(name, metadata).unwrap_or_default();
        if let Some(option) = kernels::lacking(&self.config, &asked) {
            return Some(format!("CONFIG_{option}"));
        }
        let told = firmware(name, metadata, folder(package)).unwrap_or_default();
        let vm = self.kernel.arch.guest.as_ref();
        let is_there = vm.is_some_and(|guest| guest.has_acpi);
        (told.is_needed() && !is_there).then(|| "firmware with ACPI and DMI".to_owned())
    }

    /// Its column in the results.
    pub fn column(&self) -> Column {
        Column {
            name: self.kernel.name.clone(),
            release: self.kernel.release.clone(),
        }
    }
}

/// The test programs of a module crate.
struct Wanted<'a> {
    package: &'a Package,
    programs: Vec<TestProgram>,
}

/// A module whose VM can be booted.
struct Ready<'a> {
    wanted: &'a Wanted<'a>,
    guest: &'a Guest<'a>,
    module: BuiltModule,
    /// The programs of its `tests/*.c`.
    c_programs: Vec<PathBuf>,
    /// The kernel's own modules that it asks for.
    own: vm::OwnModules,
}

/// Whether a package is a module, of which kbuild makes a `.ko`. Its tests never run on the host.
pub fn is_module_crate(package: &Package) -> bool {
    let mut dependencies = package.dependencies.iter();
    let depends = dependencies.any(|d| d.name == "kmod-core" && d.kind == DependencyKind::Normal);
    depends && folder(package).join("Makefile").is_file()
}

impl GuestSuite<'_> {
    /// Runs the tests on each kernel and tells them; gives the exits of the VMs that did not come
    /// to their end.
    pub fn run(
        &self,
        ctx: &Context,
        guests: &[Guest<'_>],
        reporter: &Reporter,
    ) -> Result<Vec<Exit>> {
        let Some(first) = guests.first().filter(|_| !self.packages.is_empty()) else {
            return Ok(Vec::new());
        };
        // While the test programs are built, so is the first module, if it is sure to be wanted.
        let mut early = None;
        let wanted = thread::scope(|scope| {
            let wanted = scope.spawn(|| self.all_wanted(ctx, &first.machine, reporter));
            if let Some(package) = self.packages.first()
                && first.takes(package)
                && (self.packages.len() == 1 || self.filters.is_empty())
            {
                early = Some(build::build_module(ctx, folder(package), &first.kernel));
            }
            let wanted = wanted.join();
            wanted.map_err(|_| anyhow!("the thread that builds the test programs panicked"))?
        })?;
        // While modules' VMs run, the next module is built. Most tests wait for something: the VMs
        // that run at a time share the processors well.
        let (to_vm, ready) = channel::<Ready<'_>>();
        let ready = Mutex::new(ready);
        let boots = || {
            let next = || ready.lock().ok()?.recv().ok();
            let exits = iter::from_fn(next).map(|module| {
                let kernel = &module.guest.kernel;
                let name = module.wanted.package.name.to_string();
                self.boot(module, reporter).unwrap_or_else(|error| {
                    reporter.case(Case::error(name, "VM", &error).on(kernel));
                    Some(Exit::Host)
                })
            });
            exits.flatten().collect::<Vec<Exit>>()
        };
        let at_a_time = if first.machine.is_watched() { 1 } else { VMS };
        thread::scope(|scope| {
            let vms: Vec<_> = (0..at_a_time).map(|_| scope.spawn(boots)).collect();
            let modules = guests.iter().flat_map(|guest| {
                let taken = wanted.iter().filter(|tests| guest.takes(tests.package));
                taken.map(move |tests| (guest, tests))
            });
            for (guest, wanted) in modules {
                let is_first = wanted.package.id == self.packages[0].id;
                let built = early.take_if(|_| is_first);
                match self.ready(ctx, guest, wanted, built) {
                    Ok(ready) => to_vm
                        .send(ready)
                        .map_err(|_| anyhow!("the VMs' threads ended"))?,
                    Err(error) => {
                        let name = &wanted.package.name;
                        let kernel = &guest.kernel;
                        let mut case = Case::error(name.as_str(), "build", &error).on(kernel);
                        let option = kernel.option.trim_end();
                        case.repeat = Some(format!("cargo kmod build -p {name} {option}"));
                        reporter.case(case);
                    }
                }
            }
            drop(to_vm);
            let mut exits = Vec::new();
            for vm in vms {
                exits.extend(vm.join().map_err(|_| anyhow!("a VM's thread panicked"))?);
            }
            Ok(exits)
        })
    }

    /// Builds all test programs; gives those crates of which tests are wanted, as far as that is
    /// known before their VMs run.
    fn all_wanted(
        &self,
        ctx: &Context,
        machine: &Machine<'_>,
        reporter: &Reporter,
    ) -> Result<Vec<Wanted<'_>>> {
        let phase = ctx.progress.phase("building the test programs");
        let (mut programs, complete) = programs::build(
            (ctx, &machine.cargo(&self.target_dir)),
            &self.dir,
            &self.packages,
            reporter,
        )?;
        phase.done();
        let mut wanted = Vec::new();
        for &package in &self.packages {
            let manifest = package.manifest_path.as_std_path();
            let mut programs = programs.remove(manifest).unwrap_or_default();
            for case in programs::not_run(package, &programs, complete) {
                let full = format!("{}::{}", case.suite, case.name);
                if self.filters.is_empty() || self.filters.iter().any(|f| full.contains(f)) {
                    reporter.case(case);
                }
            }
            programs.retain(|program| program.may_have(&self.filters));
            if !programs.is_empty() {
                wanted.push(Wanted { package, programs });
            }
        }
        // A module's VM lists its tests itself, but a boot of one that has none is a boot for nothing.
        if !self.filters.is_empty() && wanted.len() > 1 && !machine.is_watched() {
            let phase = ctx.progress.phase("listing the tests in a VM");
            let all: Vec<&TestProgram> = wanted.iter().flat_map(|w| &w.programs).collect();
            let with = programs::with_tests(machine, &all, &self.filters)?;
            for wanted in &mut wanted {
                wanted
                    .programs
                    .retain(|program| with.contains(&program.file));
            }
            wanted.retain(|wanted| !wanted.programs.is_empty());
            phase.done();
        }
        Ok(wanted)
    }

    /// Builds the module for a kernel, unless it is `built`.
    fn ready<'b>(
        &self,
        ctx: &Context,
        guest: &'b Guest<'b>,
        wanted: &'b Wanted<'b>,
        built: Option<Result<BuiltModule>>,
    ) -> Result<Ready<'b>> {
        let dir = folder(wanted.package);
        let build = || build::build_module(ctx, dir, &guest.kernel);
        Ok(Ready {
            wanted,
            guest,
            module: built.unwrap_or_else(build)?,
            c_programs: uapi::test_programs(ctx, dir, &guest.kernel)?,
            own: vm::OwnModules::of(
                ctx,
                &guest.kernel,
                &wanted.package.name,
                &wanted.package.metadata,
            )?,
        })
    }

    fn boot(&self, ready: Ready<'_>, reporter: &Reporter) -> Result<Option<Exit>> {
        let Wanted { package, programs } = ready.wanted;
        let kernel = &ready.guest.kernel;
        let name = package.name.as_str();
        let mut boot = Boot::new(name, Plan::default());
        let times = if self.faults { faults::TIMES } else { 1 };
        boot.limit = Some(LIMIT * self.soak * times);
        if self.faults {
            boot.plan.env.push((FAULTS.to_owned(), "1".to_owned()));
        }
        let soak = (kmod_test::SOAK.to_owned(), self.soak.to_string());
        boot.plan.env.push(soak);
        boot.devices = devices(name, &package.metadata)?;
        boot.monitor = monitor(name, &package.metadata)?;
        firmware(name, &package.metadata, folder(package))?.add_to(&mut boot);
        boot.items.extend(modules(&ready.module));
        ready.own.add_to(&mut boot);
        boot.items.extend(ready.c_programs.iter().map(|program| {
            let file = program.file_name().unwrap_or_default().display();
            Item::copy(format!("/programs/{file}"), program)
        }));
        for program in programs {
            boot.items.push(program.item());
            boot.plan.commands.push(program.list(&self.filters));
        }
        for program in programs {
            boot.plan.commands.push(program.run(&ready.module.name));
        }
        boot.plan
            .commands
            .extend(ready.guest.machine.last_commands());
        let labels = programs.iter().map(|program| program.label.clone());
        let mut judge = Judge::new(name, labels.collect())
            .on(kernel)
            .reading(vm::decoder(&boot));
        let ended = ready.guest.machine.boot(&boot, &mut |event| {
            for case in judge.see(&event) {
                reporter.case(case);
            }
        })?;
        if let (Some(coverage), Some(log)) = (&self.coverage, ended.as_ref().and_then(Ended::code))
        {
            let modules: Vec<&Path> = boot.items.iter().filter_map(Item::module).collect();
            coverage.add(log, &modules)?;
            let _ = fs::remove_file(log);
        }
        let trouble = ended.as_ref().and_then(trouble_of);
        for case in judge.end(trouble.as_ref().map(|(_, lines)| lines.as_slice())) {
            reporter.case(case);
        }
        Ok(trouble.map(|(exit, _)| exit))
    }
}

/// The folder of a package's Cargo.toml.
fn folder(package: &Package) -> &Path {
    let manifest = package.manifest_path.as_std_path();
    manifest.parent().unwrap_or(manifest)
}

/// The module and its twins, where `kmod_test` looks for them.
pub fn modules(module: &BuiltModule) -> Vec<Item> {
    [&module.ko]
        .into_iter()
        .chain(&module.twins)
        .map(|ko| {
            let file = ko.file_name().unwrap_or_default().display();
            Item::copy(format!("/modules/{file}"), ko)
        })
        .collect()
}
