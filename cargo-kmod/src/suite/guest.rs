// SPDX-License-Identifier: GPL-2.0-only
//! A VM per module crate: builds the module and its test programs, boots, judges each test.

use std::collections::BTreeMap;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use cargo_metadata::{DependencyKind, Package};
use kmod_test::wire::Plan;

use super::judge::{Expected, Judge};
use super::{Case, Column, Reporter};
use crate::build::{self, BuiltModule};
use crate::context::Context;
use crate::exit::Exit;
use crate::kernels::Kernel;
use crate::process;
use crate::uapi;
use crate::vm::{Boot, Cargo, Item, Machine, Program, trouble_of};

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
}

/// A kernel, and the VMs that boot it.
pub struct Guest<'a> {
    /// The kernel.
    pub kernel: Kernel,
    /// What boots it.
    pub machine: Machine<'a>,
    /// The packages whose tests run on it; without a list all of them.
    pub packages: Option<Vec<String>>,
}

impl Guest<'_> {
    /// Whether the tests of a package run on it.
    pub fn takes(&self, package: &Package) -> bool {
        let listed = |packages: &Vec<String>| packages.iter().any(|name| *name == *package.name);
        self.packages.as_ref().is_none_or(listed)
    }

    /// Its column in the results.
    pub fn column(&self) -> Column {
        Column {
            name: self.kernel.name.clone(),
            release: self.kernel.release.clone(),
        }
    }
}

/// The test programs of a module crate, and which of their tests are wanted.
struct Wanted<'a> {
    package: &'a Package,
    programs: Vec<Program>,
    expected: Vec<Expected>,
}

/// A module whose VM can be booted.
struct Ready<'a> {
    wanted: &'a Wanted<'a>,
    guest: &'a Guest<'a>,
    module: BuiltModule,
    /// The programs of its `tests/*.c`.
    c_programs: Vec<PathBuf>,
}

/// Whether a package is a module with tests for the VM.
pub fn is_module_crate(package: &Package) -> bool {
    let depends = |name: &str, kind| {
        package
            .dependencies
            .iter()
            .any(|dependency| dependency.name == name && dependency.kind == kind)
    };
    depends("kmod-core", DependencyKind::Normal)
        && depends("kmod-test", DependencyKind::Development)
        && package.targets.iter().any(cargo_metadata::Target::is_test)
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

    /// Builds all test programs; gives those crates of which tests are wanted.
    fn all_wanted(
        &self,
        ctx: &Context,
        machine: &Machine<'_>,
        reporter: &Reporter,
    ) -> Result<Vec<Wanted<'_>>> {
        let mut programs = self.programs(ctx, machine, reporter)?;
        let mut wanted = Vec::new();
        for package in &self.packages {
            let manifest = package.manifest_path.as_std_path();
            let programs = programs.remove(manifest).unwrap_or_default();
            match self.wanted(machine, package, programs) {
                Ok(tests) => wanted.extend(tests),
                Err(error) => reporter.case(Case::error(package.name.as_str(), "build", &error)),
            }
        }
        Ok(wanted)
    }

    /// Builds all test programs at once. A package whose programs cannot be built is a failed case.
    fn programs(
        &self,
        ctx: &Context,
        machine: &Machine<'_>,
        reporter: &Reporter,
    ) -> Result<BTreeMap<PathBuf, Vec<Program>>> {
        let log = self.target_dir.join("kmod/guest/tests.log");
        let phase = ctx.progress.phase("building the test programs");
        let mut args: Vec<String> = ["--keep-going", "--test", "*"].map(str::to_owned).into();
        for package in &self.packages {
            args.extend(["--package".to_owned(), package.name.to_string()]);
        }
        args.extend(ctx.cargo.iter().cloned());
        let cargo = Cargo::new(ctx, machine.arch, &self.target_dir);
        let (built, complete) = cargo.build(&self.dir, &args, &log)?;
        let mut programs = BTreeMap::<PathBuf, Vec<Program>>::new();
        for program in built.into_iter().filter(|program| program.is_test) {
            programs
                .entry(program.manifest.clone())
                .or_default()
                .push(program);
        }
        if !complete {
            let text = std::fs::read_to_string(&log).unwrap_or_default();
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            reporter.case(Case::fail("VM", "building the test programs", lines));
        }
        phase.done();
        Ok(programs)
    }

    /// Which tests a crate's programs have; `None` when none of them is wanted.
    fn wanted<'p>(
        &self,
        machine: &Machine<'_>,
        package: &'p Package,
        programs: Vec<Program>,
    ) -> Result<Option<Wanted<'p>>> {
        let mut expected = Vec::new();
        for (number, program) in programs.iter().enumerate() {
            for name in list(machine, program)? {
                let label = label(package, program, &name);
                // As the results show it, with or without the package's name.
                let full = format!("{}::{label}", package.name);
                let wanted = |filter: &String| full.contains(filter.as_str());
                if self.filters.is_empty() || self.filters.iter().any(wanted) {
                    expected.push(Expected {
                        program: number,
                        name,
                        label,
                    });
                }
            }
        }
        Ok((!expected.is_empty()).then_some(Wanted {
            package,
            programs,
            expected,
        }))
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
            c_programs: uapi::test_programs(ctx, dir)?,
        })
    }

    fn boot(&self, ready: Ready<'_>, reporter: &Reporter) -> Result<Option<Exit>> {
        let Wanted {
            package,
            programs,
            expected,
        } = ready.wanted;
        let kernel = &ready.guest.kernel;
        let name = package.name.as_str();
        let mut boot = Boot::new(name, Plan::default());
        boot.limit = Some(LIMIT);
        boot.items.extend(modules(&ready.module));
        boot.items.extend(ready.c_programs.iter().map(|program| {
            let file = program.file_name().unwrap_or_default().display();
            Item::copy(format!("/programs/{file}"), program)
        }));
        for (number, program) in programs.iter().enumerate() {
            let tests = expected.iter().filter(|test| test.program == number);
            let names: Vec<String> = tests.map(|test| test.name.clone()).collect();
            if names.is_empty() {
                // No name would mean all of them; the plan's numbers stay the programs'.
                boot.plan.commands.push(vec!["echo".to_owned()]);
                continue;
            }
            let place = format!("/tests/{}", program.name);
            boot.items.push(Item::copy(&place, &program.file));
            let mut command = vec!["tests".to_owned(), place, ready.module.name.clone()];
            command.extend(names);
            boot.plan.commands.push(command);
        }
        boot.plan
            .commands
            .extend(ready.guest.machine.last_commands());
        let mut judge = Judge::new(name, expected.clone()).on(kernel);
        let ended = ready.guest.machine.boot(&boot, &mut |event| {
            for case in judge.see(&event) {
                reporter.case(case);
            }
        })?;
        let trouble = trouble_of(&ended);
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

/// The names of a test program's tests. Listing runs none of them, so the host can do it.
fn list(machine: &Machine<'_>, program: &Program) -> Result<Vec<String>> {
    let mut command = process::command(&program.file);
    command.args(["--list", "--format", "terse"]);
    let text = process::output(&mut command).with_context(|| {
        format!(
            "{} does not list its tests (built for {})",
            program.file.display(),
            machine.arch.guest.target
        )
    })?;
    Ok(text
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .map(str::to_owned)
        .collect())
}

/// What a test is called in the results: without the file's name where that says nothing new.
fn label(package: &Package, program: &Program, test: &str) -> String {
    let same = Path::new(&program.name) == Path::new(&package.name.replace('-', "_"));
    let only = package.targets.iter().filter(|t| t.is_test()).count() == 1;
    if same || only {
        test.to_owned()
    } else {
        format!("{}::{test}", program.name)
    }
}
