// SPDX-License-Identifier: GPL-2.0-only
//! `cargo kmod test`: in a module's crate that module's tests in a VM, in a workspace everything.

use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow, bail};
use cargo_metadata::{Metadata, Package};

use kmod_build::config::Config;

use crate::context::Context;
use crate::coverage::{self, Coverage};
use crate::error::usage;
use crate::exit::Exit;
use crate::kernels::{self, Covered, KernelsArgs};
use crate::package;
use crate::setup::{self, Need};
use crate::suite::{
    Column, Format, Gate, Guest, GuestSuite, HostSuite, Partition, Reporter, check_faults,
    has_tests, is_module_crate,
};
use crate::vm::{self, Machine, VmArgs};

/// Options of `test`.
#[derive(clap::Args)]
pub struct Args {
    /// Run only tests whose names contain one of these
    #[arg(value_name = "FILTER")]
    filters: Vec<String>,
    /// The workspace's packages to test (repeatable); without it, the crate of the current folder,
    /// in the workspace's folder all
    #[arg(short, long, value_name = "NAME")]
    package: Vec<String>,
    /// All packages of the workspace
    #[arg(long, conflicts_with = "package")]
    workspace: bool,
    /// Only tests that run on the host
    #[arg(long, conflicts_with = "vm_only")]
    host_only: bool,
    /// Only tests that run in a VM
    #[arg(long)]
    vm_only: bool,
    /// Only the N-th of M parts, each of which another machine may run; `results` merges what they
    /// found
    #[arg(long, value_name = "N/M", default_value = "1/1")]
    partition: Partition,
    /// Have tests do what they repeat N times as often: those that ask `kmod_test::rounds`
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    soak: u32,
    /// Have each allocation and each copy of user memory fail once, in every system call of the tests; needs a kernel
    /// that can: -k 6.1-debug
    #[arg(long, conflicts_with = "host_only")]
    faults: bool,
    /// Say which lines of the modules' code ran: a table, and target/kmod/coverage with lcov.info and index.html
    #[arg(long, conflicts_with_all = ["host_only", "faults", "gdb"])]
    coverage: bool,
    /// How results are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Kernel.
    #[command(flatten)]
    kernel: KernelsArgs,
    /// VM.
    #[command(flatten)]
    vm: VmArgs,
    /// Cargo.
    #[command(flatten)]
    pub(super) cargo: super::cargo::CargoArgs,
}

impl Args {
    /// Whether it is about modules' tests alone.
    fn only_vm(&self) -> bool {
        self.faults || self.coverage
    }
}

/// Runs the verb.
pub fn run(args: &Args, ctx: &Context) -> Result<Exit> {
    let reading = ctx.progress.waiting("reading the workspace");
    let metadata = package::metadata(&ctx.cwd)?;
    drop(reading);
    let Part {
        modules,
        others,
        gate,
        guests,
        dir,
        target_dir,
    } = Part::of(args, ctx, &metadata)?;
    let reporter = Reporter::new(args.format, ctx.verbose);
    let host = HostSuite {
        dir: dir.clone(),
        target_dir: target_dir.clone(),
        packages: others,
        filters: args.filters.clone(),
    };
    if !args.vm.dry_run {
        // Nothing that is linked anew is used meanwhile: kbuild calls this program.
        host.build(ctx)?;
    }
    for Guest {
        kernel, machine, ..
    } in &guests
    {
        let (release, accel) = (&kernel.release, machine.accel_name());
        ctx.progress
            .note(format!("VMs: Linux {release} on {accel}"));
    }
    let suite = GuestSuite {
        dir: dir.clone(),
        target_dir: target_dir.clone(),
        packages: modules,
        filters: args.filters.clone(),
        soak: args.soak,
        faults: args.faults,
        coverage: args.coverage.then(Coverage::default),
    };
    // Side by side: much of what runs on the host keeps one processor busy.
    let exits = thread::scope(|scope| {
        let host = scope.spawn(|| match args.vm.dry_run {
            true => Ok(()),
            false => host.run(ctx, &reporter),
        });
        let exits = suite.run(ctx, &guests, &reporter);
        let host = host.join();
        host.map_err(|_| anyhow!("the thread of the host's tests panicked"))??;
        exits
    })?;
    if args.vm.dry_run {
        return Ok(Exit::Pass);
    }
    if let Some(gate) = gate.filter(|_| !guests.is_empty()) {
        gate.test(ctx, &reporter)?;
    }
    let columns: Vec<Column> = guests.iter().map(|guest| guest.column()).collect();
    let tally = reporter.finish(&columns, &target_dir.join("kmod/results.json"))?;
    if let Some(coverage) = &suite.coverage {
        let folder = target_dir.join("kmod/coverage");
        let rows = coverage.write(&folder, &dir, &target_dir)?;
        let table = coverage::table(&rows, &folder);
        match args.format {
            Format::Human => print!("{table}"),
            Format::Json | Format::Junit => eprint!("{table}"),
        }
    }
    let worst = [Exit::GuestPanic, Exit::Timeout, Exit::Host]
        .into_iter()
        .find(|exit| exits.contains(exit));
    Ok(match worst {
        Some(exit) => exit,
        None if tally.failed > 0 => Exit::TestFailed,
        None if tally.passed == 0 && !args.partition.is_whole() => Exit::Pass,
        None if tally.passed == 0 && args.filters.is_empty() => {
            bail!(usage("no test was run: there is none"));
        }
        None if tally.passed == 0 => {
            bail!(usage("no test was run: no test's name contains the filter"));
        }
        None => Exit::Pass,
    })
}

/// What a run consists of.
struct Part<'a> {
    /// Module crates with tests.
    modules: Vec<&'a Package>,
    /// Packages with tests on the host.
    others: Vec<&'a Package>,
    /// What the product's own workspace asks besides.
    gate: Option<Gate>,
    guests: Vec<Guest<'a>>,
    dir: PathBuf,
    target_dir: PathBuf,
}

impl<'a> Part<'a> {
    fn of(args: &'a Args, ctx: &'a Context, metadata: &'a Metadata) -> Result<Self> {
        let selected = selected(args, ctx, metadata)?;
        let whole = selected.len() == metadata.packages.len();
        // This program is a package of the product's own workspace only.
        let is_ours = selected.iter().any(|p| p.name == env!("CARGO_PKG_NAME"));
        let gate = Gate::of(metadata)
            .filter(|_| is_ours && !args.host_only && !args.only_vm() && args.partition.has_host());
        let (modules, others): (Vec<_>, Vec<_>) = selected
            .into_iter()
            .partition(|package| is_module_crate(package));
        let mut modules = if args.host_only { Vec::new() } else { modules };
        modules.retain(|module| has_tests(module));
        let only_vm = args.vm_only || args.only_vm();
        let mut others = if only_vm { Vec::new() } else { others };
        let dir = metadata.workspace_root.as_std_path().to_path_buf();
        let target_dir = metadata.target_directory.as_std_path().to_path_buf();
        let mut guests = Vec::new();
        if gate.is_some() || !modules.is_empty() {
            let covered = covered(args, metadata, whole, &modules, !others.is_empty())?;
            // The tests of this program on the host build for the host's own kernel.
            let on_host = gate.is_some() && !others.is_empty();
            guests = self::guests(args, ctx, covered, on_host, (&dir, &target_dir))?;
            if args.faults {
                guests.iter().try_for_each(check_faults)?;
            }
            for module in &modules {
                kernels::asked(&module.name, &module.metadata)?;
            }
            if let ([guest, ..], [module]) = (&*guests, &*modules)
                && let (Some(lacking), false) = (
                    guest.lacking(module),
                    guests.iter().any(|guest| guest.takes(module)),
                )
            {
                bail!(
                    usage(format!(
                        "`{}` asks for {lacking}, which {} does not have",
                        module.name, guest.kernel.release
                    ))
                    .help("-k names another kernel: Debian's plain flavours have most")
                );
            }
            modules.retain(|module| guests.iter().any(|guest| guest.takes(module)));
            for module in &modules {
                let firmware = vm::firmware(&module.name, &module.metadata, &dir)?;
                setup::ensure(ctx, firmware.needs())?;
            }
        }
        if !args.partition.has_host() {
            others.clear();
        }
        Ok(Self {
            modules,
            others,
            gate,
            guests,
            dir,
            target_dir,
        })
    }
}

/// What the repository's own part of the suite is given of a run.
pub struct OfGate<'a> {
    /// The kernels, and what boots them.
    pub guests: Vec<Guest<'a>>,
    /// The workspace.
    pub dir: PathBuf,
    /// Cargo's target folder.
    pub target_dir: PathBuf,
    /// Of which the names of tests contain one, if there are any.
    pub filters: &'a [String],
}

impl<'a> OfGate<'a> {
    /// The same kernels as [`run`] has, by the same options.
    ///
    /// # Errors
    ///
    /// As `run`, where it finds the kernels.
    pub fn of(args: &'a Args, ctx: &'a Context, metadata: &'a Metadata) -> Result<Self> {
        let part = Part::of(args, ctx, metadata)?;
        Ok(Self {
            guests: part.guests,
            dir: part.dir,
            target_dir: part.target_dir,
            filters: &args.filters,
        })
    }
}

/// The kernels that this run covers, and which packages on each; none is the default kernel, all.
fn covered(
    args: &Args,
    metadata: &Metadata,
    whole: bool,
    modules: &[&Package],
    host: bool,
) -> Result<Option<Vec<Covered>>> {
    let named = args.kernel.headers.names().into_iter();
    let covered: Vec<Covered> = match whole && !args.kernel.say() {
        true => kernels::covered(metadata)?,
        false => named.map(Covered::whole).collect(),
    };
    if covered.is_empty() {
        return match args.partition.is_whole() {
            true => Ok(None),
            false => Err(usage("--partition splits a run on kernels that have names")
                .help("name them with -k, or in the workspace's Cargo.toml")
                .into()),
        };
    }
    let packages: Vec<&str> = modules.iter().map(|package| &**package.name).collect();
    Ok(Some(args.partition.of_vms(covered, &packages, host)))
}

/// The kernels and what boots them. What is missing is told before anything is built.
fn guests<'a>(
    args: &'a Args,
    ctx: &'a Context,
    covered: Option<Vec<Covered>>,
    on_host: bool,
    (dir, target_dir): (&Path, &Path),
) -> Result<Vec<Guest<'a>>> {
    if covered.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let covered = covered.unwrap_or_default();
    let names: Vec<String> = covered.iter().map(|entry| entry.kernel.clone()).collect();
    let mut needs = args.kernel.needs(&names);
    if on_host {
        needs.push(Need::Headers);
    }
    setup::ensure(ctx, &needs)?;
    let mut guests = Vec::new();
    for kernel in kernels::find_all(ctx, &args.kernel, &names)? {
        setup::ensure(ctx, &kernel.needs())?;
        let looking = ctx.progress.waiting("looking for what boots it");
        let machine = Machine::prepare(ctx, &args.vm, &kernel, dir, target_dir)?;
        drop(looking);
        let part = covered.iter().find(|entry| entry.kernel == kernel.name);
        guests.push(Guest {
            packages: part.and_then(|entry| entry.packages.clone()),
            config: Config::read(&kernel.kdir)?,
            kernel,
            machine: match (args.faults, args.coverage) {
                (true, _) => machine.failing(),
                (false, true) => machine.logging_code()?,
                (false, false) => machine,
            },
        });
    }
    Ok(guests)
}

/// The packages that the options and the current folder name.
fn selected<'a>(args: &Args, ctx: &Context, metadata: &'a Metadata) -> Result<Vec<&'a Package>> {
    let all: Vec<&Package> = metadata.packages.iter().collect();
    if !args.package.is_empty() {
        return args
            .package
            .iter()
            .map(|name| {
                all.iter()
                    .find(|package| package.name == name.as_str())
                    .copied()
                    .ok_or_else(|| usage(format!("the workspace has no package `{name}`")).into())
            })
            .collect();
    }
    if args.workspace {
        return Ok(all);
    }
    let here = ctx
        .cwd
        .ancestors()
        .find(|dir| dir.join("Cargo.toml").is_file())
        .map(|dir| dir.join("Cargo.toml"));
    let one = all
        .iter()
        .find(|package| Some(package.manifest_path.as_std_path()) == here.as_deref());
    match one {
        Some(package) if is_module_crate(package) && has_tests(package) => Ok(vec![package]),
        Some(package) if is_module_crate(package) || all.len() == 1 => {
            Err(usage(format!("`{}` has no tests for the VM", package.name))
                .help(
                    "it needs a Makefile, tests/NAME.rs, kmod-core among its dependencies and \
                     kmod-test among its dev-dependencies",
                )
                .into())
        }
        Some(package) => Ok(vec![package]),
        None => Ok(all),
    }
}
