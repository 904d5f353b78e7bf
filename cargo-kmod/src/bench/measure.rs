// SPDX-License-Identifier: GPL-2.0-only
//! Builds the modules, their twins and the meter, boots, and gathers the figures.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use kmod_test::wire::{Event, Plan, Status};

use super::growth::{self, KINDS, Written};
use super::report::{Growth, Operation, Pair, Report, Step};
use crate::build::{self, BuiltModule};
use crate::context::Context;
use crate::kernels::Kernel;
use crate::process;
use crate::suite;
use crate::verify;
use crate::vm::{self, Boot, Cargo, Item, Machine};

/// Where the benchmark modules are, in the workspace.
pub const MODULES: &str = "cargo-kmod/bench";

/// What can be measured.
pub const SUBJECTS: [&str; 6] = ["device", "ioctl", "misc", "sysctl", "primitives", "growth"];

/// The time limit of the VM.
const LIMIT: Duration = Duration::from_secs(300);

/// Measures the subjects, or all of them.
pub fn measure(
    ctx: &Context,
    kernel: &Kernel,
    machine: &Machine<'_>,
    workspace: &Path,
    target_dir: &Path,
    subjects: &[String],
) -> Result<Report> {
    let wanted = |subject: &&&str| subjects.is_empty() || subjects.iter().any(|s| s == **subject);
    let mut report = Report {
        kernel: kernel.release.clone(),
        compilers: compilers(),
        ..Report::default()
    };
    let mut boot = Boot::new("bench", Plan::default());
    boot.limit = Some(LIMIT);
    boot.items.push(Item::copy(
        "/kmod-meter",
        meter(ctx, machine, workspace, target_dir)?,
    ));
    let mut many = Vec::new();
    for subject in SUBJECTS.iter().filter(wanted) {
        if *subject == "growth" {
            let place = target_dir.join("kmod/bench");
            for kind in KINDS {
                let modules = growth::write(*kind, &place, workspace)?;
                let mut built = Vec::new();
                for written in modules {
                    built.push((build::build_module(ctx, &written.dir, kernel)?, written));
                }
                many.push((kind.name, built));
            }
        } else {
            let dir = workspace.join(MODULES).join(subject);
            let module = build::build_module(ctx, &dir, kernel)?;
            report.sizes.push(sizes(&module)?);
            boot.items.extend(suite::modules(&stripped(&module)?));
            // What a misc device weighs is all that is asked of it.
            if *subject != "misc" {
                boot.plan.commands.push(command(&[subject]));
            }
        }
    }
    let modules = || many.iter().flat_map(|(_, built)| built);
    for (module, _) in modules() {
        boot.items.extend(suite::modules(&stripped(module)?));
    }
    if !many.is_empty() {
        let names: Vec<&str> = modules().map(|(_, written)| &*written.module).collect();
        boot.plan
            .commands
            .push(command(&[&["load"], names.as_slice()].concat()));
    }
    let phase = ctx.progress.phase("counting instructions in the VM");
    report.operations = run(machine, &boot)?;
    phase.done();
    for (kind, built) in &many {
        report.growth.extend(grown(kind, built, &report)?);
    }
    Ok(report)
}

fn command(args: &[&str]) -> Vec<String> {
    let words = [&["/kmod-meter"], args].concat();
    words.into_iter().map(str::to_owned).collect()
}

fn meter(
    ctx: &Context,
    machine: &Machine<'_>,
    workspace: &Path,
    target_dir: &Path,
) -> Result<PathBuf> {
    let log = target_dir.join("kmod/guest/kmod-meter.log");
    let args = ["--package", "kmod-meter", "--release"].map(str::to_owned);
    let cargo = Cargo::new(ctx, machine.arch, target_dir);
    let (programs, _) = cargo.build(workspace, &args, &log)?;
    let meter = programs.into_iter().find(|p| p.name == "kmod-meter");
    meter.map(|program| program.file).with_context(|| {
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        format!("cannot build kmod-meter:\n{said}")
    })
}

/// Boots, and reads what the meter tells.
fn run(machine: &Machine<'_>, boot: &Boot) -> Result<Vec<Operation>> {
    let mut operations = Vec::new();
    let mut said = Vec::new();
    let mut failed = false;
    let ended = machine.boot(boot, &mut |event| match event {
        Event::Out(line) => match operation(&line) {
            Some(operation) => operations.push(operation),
            None => said.push(line),
        },
        Event::End(status) => failed |= !matches!(status, Status::Code(0)),
        _ => {}
    })?;
    let trouble = vm::trouble_of(&ended).map(|(_, lines)| lines.join("\n"));
    if let Some(trouble) = trouble {
        bail!("{trouble}");
    }
    if failed {
        bail!(
            "an operation failed in the VM:\n{}\n{}",
            said.join("\n"),
            vm::console_lines(&ended).join("\n")
        );
    }
    Ok(operations)
}

fn operation(line: &str) -> Option<Operation> {
    let mut parts = line.split('\t');
    let operation = Operation {
        name: parts.next()?.to_owned(),
        ours: parts.next()?.parse().ok()?,
        twin: parts.next()?.parse().ok()?,
    };
    parts.next().is_none().then_some(operation)
}

/// The module and its twin without what is for debuggers, as distributions install modules: of C
/// that is much, and `insmod` reads it all.
fn stripped(module: &BuiltModule) -> Result<BuiltModule> {
    let strip = |ko: &PathBuf| {
        let dir = ko.parent().unwrap_or(ko).join("stripped");
        let to = dir.join(ko.file_name().unwrap_or_default());
        std::fs::create_dir_all(&dir)
            .with_context(|| format!("cannot create {}", dir.display()))?;
        let mut strip = process::command("strip");
        strip.arg("--strip-debug").arg("-o").arg(&to).arg(ko);
        process::output(&mut strip).with_context(|| process::show(&strip) + " failed")?;
        Ok(to)
    };
    Ok(BuiltModule {
        name: module.name.clone(),
        ko: strip(&module.ko)?,
        twins: module.twins.iter().map(strip).collect::<Result<_>>()?,
    })
}

fn sizes(module: &BuiltModule) -> Result<Pair> {
    let twin = module.twins.first().context("a benchmark without a twin")?;
    Ok(Pair {
        name: module.name.clone(),
        ours: verify::sizes_of(&module.ko)?,
        twin: verify::sizes_of(twin)?,
    })
}

/// How loading, and size, grow with the objects of a kind.
fn grown(kind: &str, built: &[(BuiltModule, Written)], report: &Report) -> Result<[Growth; 2]> {
    let mut load = Vec::new();
    let mut bytes = Vec::new();
    for (module, written) in built {
        let name = format!("insmod+rmmod, {}", written.module);
        let cost = report.operations.iter().find(|o| o.name == name);
        let cost = cost.with_context(|| format!("the VM told nothing of {name}"))?;
        load.push(Step {
            objects: written.objects,
            ours: cost.ours,
            twin: cost.twin,
        });
        let sizes = sizes(module)?;
        bytes.push(Step {
            objects: written.objects,
            ours: sizes.ours.loaded() as f64,
            twin: sizes.twin.loaded() as f64,
        });
    }
    Ok([
        Growth {
            name: format!("instructions of insmod+rmmod with n {kind}"),
            steps: load,
        },
        Growth {
            name: format!("bytes of a module with n {kind}"),
            steps: bytes,
        },
    ])
}

/// What compiled ours, and what the twins.
fn compilers() -> String {
    let version = |program: &str| {
        let text = process::output(process::command(program).arg("--version"));
        let text = text.unwrap_or_default();
        text.lines().next().unwrap_or(program).to_owned()
    };
    format!("{}, {}", version("rustc"), version("gcc"))
}
