// SPDX-License-Identifier: GPL-2.0-only
//! Goes through the subjects.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::figures::{Growth, Operation, Step, Timing, Unit};
use super::first::FIRST;
use super::growth::{KINDS, Kind, LOADS, NUMBERS};
use super::guest::{Said, Visit};
use super::modules::{self, Grown};
use super::report::{LOAD, Report};
use super::{edit, first, history, rebuild};
use cargo_kmod::context::Context;
use cargo_kmod::kernels::Kernel;
use cargo_kmod::process;
use cargo_kmod::vm::Machine;

/// Where the benchmark modules are, in the workspace.
pub const MODULES: &str = "cargo-kmod/bench";

/// What can be measured.
pub const SUBJECTS: [&str; 13] = [
    "device",
    "ioctl",
    "misc",
    "sysctl",
    "primitives",
    "objects",
    PCI,
    LOAD,
    "growth",
    WALL,
    "build",
    "loop",
    FIRST,
];

/// Those whose figures are the same in each run, on each host.
pub const EXACT: [&str; 8] = [
    "device",
    "ioctl",
    "misc",
    "sysctl",
    "primitives",
    "objects",
    PCI,
    LOAD,
];

/// The subjects that have a module in `bench/`.
const FIXED: [&str; 7] = [
    "device",
    "ioctl",
    "misc",
    "sysctl",
    "primitives",
    "objects",
    PCI,
];

/// The one of those of which only the size counts.
const SIZE_ONLY: &str = "misc";

/// The one that drives cards: one of the module's, one of the twin's. On some machines memory begins beyond what the
/// card gets at by itself.
const PCI: &str = "pci";
const CARDS: [&str; 2] = ["edu,dma_mask=0xffffffff"; 2];

const WALL: &str = "wall";

/// Pairs of times.
const PAIRS: &str = "21";

/// What is measured, with what.
pub struct Bench<'a> {
    /// What every verb is given.
    pub ctx: &'a Context,
    /// The kernel.
    pub kernel: &'a Kernel,
    /// What boots it, as the host can.
    pub machine: &'a Machine<'a>,
    /// Our own workspace.
    pub workspace: &'a Path,
    /// Cargo's target folder.
    pub target_dir: &'a Path,
}

impl Bench<'_> {
    /// Measures these subjects, or all.
    pub fn measure(&self, subjects: &[String]) -> Result<Report> {
        let named = |subject: &str| subjects.iter().any(|s| s == subject);
        let wanted = |subject: &str| subjects.is_empty() || named(subject);
        let mut report = Report {
            date: text(process::command("date").arg("+%F")),
            commit: history::commit(self.workspace).unwrap_or_default(),
            kernel: self.kernel.name.clone(),
            release: self.kernel.release.clone(),
            compilers: format!(
                "{}, {}",
                text(process::command("rustc").arg("--version")),
                text(self.kernel.cc().arg("--version"))
            ),
            accel: self.machine.accel_name(),
            ..Report::default()
        };
        let wall = wanted(WALL) && (self.machine.is_native() || named(WALL));
        if wanted(WALL) && !self.machine.is_native() {
            report.notes.push(
                match wall {
                    true => "wall time is QEMU's translator's (TCG): no processor's",
                    false => {
                        "wall time was left out: guests do not run on this host's processor itself \
                     (KVM), and a translator's time says little; `wall` as a subject measures it \
                     all the same"
                    }
                }
                .to_owned(),
            );
        }
        let (mut count, mut time) = (Visit::default(), Visit::default());
        for subject in FIXED {
            let timed = wall && subject != SIZE_ONLY;
            if !wanted(subject) && !timed {
                continue;
            }
            let module = modules::fixed(self, subject)?;
            let devices: &[&str] = if subject == PCI { &CARDS } else { &[] };
            if wanted(subject) {
                report.sizes.push(module.size.clone());
                if subject != SIZE_ONLY {
                    count.bring(&module);
                    count.attach(devices);
                    count.measure(subject, &[subject]);
                }
            }
            if timed {
                time.bring(&module);
                time.attach(devices);
                time.measure(subject, &["pairs", PAIRS, subject]);
            }
        }
        let grown = self.load(&wanted, &mut count)?;
        let said = self.run(
            count,
            "counting instructions in the VM",
            &self.machine.counting(),
        )?;
        self.take(&mut report, said, &grown, &wanted);
        if wall {
            let what = format!(
                "taking the time of operations in the VM ({})",
                self.machine.accel_name()
            );
            for said in self.run(time, &what, self.machine)? {
                add_time(&mut report, &said);
            }
        }
        // After the VMs, so that nothing of theirs is still running.
        if wanted("build") {
            report.times.extend(rebuild::measure(self)?);
        }
        if wanted("growth") {
            report.growth.extend(rebuild::growth(self)?);
        }
        if wanted("loop") {
            report.times.push(edit::measure(self)?);
        }
        if wanted(FIRST) {
            report.times.extend(first::measure(self)?);
        }
        Ok(report)
    }

    /// Builds the modules that declare many objects, as far as they are wanted.
    fn load(&self, wanted: &dyn Fn(&str) -> bool, count: &mut Visit) -> Result<Vec<Grown>> {
        let numbers = match (wanted("growth"), wanted(LOAD)) {
            (true, _) => &NUMBERS[..],
            // One more, in case that the kernel has too few minors for the last.
            (false, true) => &[1, 16, 64, 256],
            (false, false) => return Ok(Vec::new()),
        };
        let grown = modules::grown(self, numbers)?;
        for module in &grown {
            count.bring(&module.module);
        }
        let names: Vec<&str> = grown.iter().map(|g| &*g.module.built.name).collect();
        count.measure(LOAD, &[&[LOAD], names.as_slice()].concat());
        if wanted("growth") {
            count.measure("growth", &[&["last"], names.as_slice()].concat());
        }
        Ok(grown)
    }

    fn run(&self, visit: Visit, what: &str, machine: &Machine<'_>) -> Result<Vec<Said>> {
        if visit.is_empty() {
            return Ok(Vec::new());
        }
        let phase = self.ctx.progress.phase(what);
        let said = visit.run(self, "bench", machine)?;
        phase.done();
        Ok(said)
    }

    /// Sorts what the meter said into the report.
    fn take(
        &self,
        report: &mut Report,
        said: Vec<Said>,
        grown: &[Grown],
        wanted: &dyn Fn(&str) -> bool,
    ) {
        let (many, operations): (Vec<Said>, Vec<Said>) = said
            .into_iter()
            .partition(|said| matches!(said.subject, LOAD | "growth"));
        for said in operations {
            if let Ok([ours, twin]) = said.costs {
                report
                    .operations
                    .push(operation(said.subject, said.name, ours, twin));
            }
        }
        let cost = |verb: &str, module: &str| {
            let name = format!("{verb}, {module}");
            let said = many.iter().find(|said| said.name == name);
            said.and_then(|said| said.costs.clone().ok())
        };
        for said in &many {
            if let Err(why) = &said.costs {
                report.notes.push(format!(
                    "{}: {why}, for the twin as well: this kernel has too few minors",
                    said.name
                ));
            }
        }
        for kind in KINDS {
            let of_kind = || grown.iter().filter(|grown| grown.kind.name == kind.name);
            let load = |grown: &Grown| cost("insmod+rmmod", &grown.module.built.name);
            let last = of_kind()
                .filter(|grown| load(grown).is_some())
                .map(|g| g.objects)
                .max();
            for grown in of_kind().filter(|_| wanted(LOAD)) {
                let objects = grown.objects;
                if !LOADS.contains(&objects) && Some(objects) != last {
                    continue;
                }
                report.sizes.push(grown.module.size.clone());
                if let Some([ours, twin]) = load(grown) {
                    let name = format!("insmod+rmmod, {objects} {}", kind.name);
                    report.operations.push(operation(LOAD, name, ours, twin));
                }
            }
            if wanted("growth") {
                let bytes = |pair: [u64; 2]| Some(pair.map(|bytes| bytes as f64));
                report.growth.extend([
                    growth(kind, "insmod+rmmod", Unit::Instructions, of_kind(), load),
                    growth(kind, kind.uses, Unit::Instructions, of_kind(), |grown| {
                        cost("use", &grown.module.built.name)
                    }),
                    growth(kind, "in memory", Unit::Bytes, of_kind(), |grown| {
                        let size = &grown.module.size;
                        bytes([size.ours.loaded(), size.twin.loaded()])
                    }),
                    growth(kind, "the .ko file", Unit::Bytes, of_kind(), |grown| {
                        bytes(grown.module.size.files)
                    }),
                ]);
            }
        }
    }
}

fn operation(subject: &str, name: String, ours: f64, twin: f64) -> Operation {
    Operation {
        subject: subject.to_owned(),
        name,
        ours,
        twin,
    }
}

fn growth<'g>(
    kind: &Kind,
    name: &str,
    unit: Unit,
    grown: impl Iterator<Item = &'g Grown>,
    figure: impl Fn(&Grown) -> Option<[f64; 2]>,
) -> Growth {
    let steps = grown.filter_map(|grown| {
        let [ours, twin] = figure(grown)?;
        Some(Step {
            objects: grown.objects,
            ours,
            twin,
        })
    });
    Growth {
        name: name.to_owned(),
        kind: kind.name,
        unit,
        steps: steps.collect(),
    }
}

/// Each line of the meter is one pair.
fn add_time(report: &mut Report, said: &Said) {
    let Ok(nanoseconds) = said.costs else {
        return;
    };
    let [ours, twin] = nanoseconds.map(|time| time / 1e9);
    if report.time(&said.name).is_none() {
        report.times.push(Timing {
            subject: WALL.to_owned(),
            name: said.name.clone(),
            ours: Vec::new(),
            twin: Vec::new(),
        });
    }
    if let Some(timing) = report
        .times
        .iter_mut()
        .find(|timing| timing.name == said.name)
    {
        timing.ours.push(ours);
        timing.twin.push(twin);
    }
}

/// The first line that a program says; its name, if it says nothing.
fn text(command: &mut Command) -> String {
    let said = process::output(command).unwrap_or_default();
    let program = command.get_program().display().to_string();
    said.lines().next().unwrap_or(&program).to_owned()
}
