// SPDX-License-Identifier: GPL-2.0-only
//! The VM's part: the meter uses each module and its twin in turn, and tells what that costs.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use kmod_test::wire::{Event, Plan, Status};

use super::measure::Bench;
use super::modules::Module;
use cargo_kmod::suite;
use cargo_kmod::vm::{self, Boot, Item, Machine};

/// The time limit of a VM.
const LIMIT: Duration = Duration::from_secs(300);

const METER: &str = "/kmod-meter";

/// What a VM does.
#[derive(Default)]
pub struct Visit {
    items: Vec<Item>,
    devices: Vec<String>,
    /// Subjects, and the meter's arguments.
    commands: Vec<(&'static str, Vec<String>)>,
}

/// What the meter said of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The subject that it belongs to.
    pub subject: &'static str,
    /// Its name.
    pub name: String,
    /// Of the module and the twin; or why there are none.
    pub costs: Result<[f64; 2], String>,
}

impl Visit {
    /// Takes a module and its twin along.
    pub fn bring(&mut self, module: &Module) {
        self.items.extend(suite::modules(&module.built));
    }

    /// Has the VM have these devices.
    pub fn attach(&mut self, devices: &[&str]) {
        let devices = devices.iter().map(|&device| device.to_owned());
        self.devices.extend(devices);
    }

    /// Lets the meter measure.
    pub fn measure(&mut self, subject: &'static str, args: &[&str]) {
        let args = args.iter().map(|&arg| arg.to_owned());
        self.commands.push((subject, args.collect()));
    }

    /// Whether there is nothing to measure.
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }

    /// Boots, and gathers what the meter tells.
    pub fn run(self, bench: &Bench<'_>, name: &str, machine: &Machine<'_>) -> Result<Vec<Said>> {
        let mut boot = Boot::new(name, Plan::default());
        boot.limit = Some(LIMIT);
        boot.items = self.items;
        boot.devices = self.devices;
        boot.items.push(Item::copy(METER, meter(bench)?));
        let mut subjects = Vec::new();
        for (subject, args) in self.commands {
            let words = [METER.to_owned()].into_iter().chain(args);
            boot.plan.commands.push(words.collect());
            subjects.push(subject);
        }
        let mut running = "";
        let (mut said, mut other, mut failed) = (Vec::new(), Vec::new(), false);
        let ended = machine.boot(&boot, &mut |event| match event {
            Event::Begin(number) => running = subjects.get(number).copied().unwrap_or_default(),
            Event::Out(line) => match operation(running, &line) {
                Some(operation) => said.push(operation),
                None => other.push(line),
            },
            Event::End(status) => failed |= !matches!(status, Status::Code(0)),
            _ => {}
        })?;
        let ended = ended.context("nothing was booted")?;
        if let Some((_, lines)) = vm::trouble_of(&ended) {
            bail!("{}", lines.join("\n"));
        }
        if failed {
            bail!(
                "an operation failed in the VM:\n{}\n{}",
                other.join("\n"),
                vm::console_lines(&ended).join("\n")
            );
        }
        Ok(said)
    }
}

fn meter(bench: &Bench<'_>) -> Result<PathBuf> {
    let log = bench.target_dir.join("kmod/guest/kmod-meter.log");
    let args = ["--package", "kmod-meter", "--profile", "optimised"].map(str::to_owned);
    let cargo = bench.machine.cargo(bench.target_dir);
    let (programs, _) = cargo.build(bench.workspace, &args, &log)?;
    let meter = programs.into_iter().find(|p| p.name == "kmod-meter");
    meter.map(|program| program.file).with_context(|| {
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        format!("cannot build kmod-meter:\n{said}")
    })
}

/// `OPERATION<tab>OURS<tab>TWIN`, or `OPERATION<tab>WHY`.
fn operation(subject: &'static str, line: &str) -> Option<Said> {
    let parts: Vec<&str> = line.split('\t').collect();
    let (name, costs) = match parts.as_slice() {
        [name, ours, twin] => (name, Ok([ours.parse().ok()?, twin.parse().ok()?])),
        [name, why] => (name, Err((*why).to_owned())),
        _ => return None,
    };
    Some(Said {
        subject,
        name: (*name).to_owned(),
        costs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_reasons_and_other_lines_are_told_apart() {
        let read = operation("device", "read\t100.50\t99.00").unwrap();
        assert_eq!(read.costs, Ok([100.5, 99.0]));
        let load = operation("load", "insmod+rmmod, m\tbusy").unwrap();
        assert_eq!(load.costs, Err("busy".to_owned()));
        assert_eq!(operation("device", "kmod-meter: no such file"), None);
        assert_eq!(operation("device", "read\tmany\t1"), None);
    }
}
