// SPDX-License-Identifier: GPL-2.0-only
//! The time of a new user's first steps: to install the command, to see the demo on a machine that has compiled
//! nothing of ours, and to test a second crate.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::figures::Timing;
use super::measure::Bench;
use super::rebuild::{remove, time};
use cargo_kmod::process;
use cargo_kmod::units;

/// The subject.
pub const FIRST: &str = "first";

/// The figures, and the seconds that each may take on two processors with nothing else to do.
pub const STEPS: [(&str, f64); 3] = [
    ("cargo install of cargo-kmod", 60.0),
    ("cargo kmod demo, nothing compiled before", 90.0),
    ("the first test of a second crate", 10.0),
];

/// Takes the time of each once. What cargo fetches, packages and kernels are there.
pub fn measure(bench: &Bench<'_>) -> Result<Vec<Timing>> {
    let place = bench.target_dir.join("kmod/bench/first");
    remove(&place)?;
    fs::create_dir_all(&place).with_context(|| format!("cannot create {}", place.display()))?;
    let steps = [install, demo, second];
    let mut times = Vec::new();
    for ((name, _), step) in STEPS.into_iter().zip(steps) {
        let phase = bench.ctx.progress.phase(format!("timing: {name}"));
        times.push(Timing {
            subject: FIRST.to_owned(),
            name: name.to_owned(),
            ours: vec![step(bench, &place)?],
            twin: Vec::new(),
        });
        phase.done();
    }
    remove(&place)?;
    Ok(times)
}

fn install(bench: &Bench<'_>, place: &Path) -> Result<f64> {
    let mut cargo = fresh(process::cargo("cargo"), place, "install");
    cargo
        .args(["install", "--quiet", "--locked", "--path"])
        .arg(bench.workspace.join("cargo-kmod"))
        .arg("--root")
        .arg(place.join("installed"))
        .current_dir(place);
    time(&mut cargo)
}

fn demo(bench: &Bench<'_>, place: &Path) -> Result<f64> {
    let mut cargo = fresh(process::cargo("cargo"), place, "demo");
    cargo
        .args(["kmod", "demo"])
        .args(options(bench))
        .current_dir(bench.workspace);
    time(&mut cargo)
}

/// A first crate compiles what the second one then has.
fn second(bench: &Bench<'_>, place: &Path) -> Result<f64> {
    let mut seconds = 0.0;
    for name in ["first", "second"] {
        let kmod = || {
            fresh(
                process::command(place.join("installed/bin/cargo-kmod")),
                place,
                name,
            )
        };
        time(kmod().args(["new", name]).current_dir(place))?;
        let mut test = kmod();
        test.arg("test")
            .args(options(bench))
            .current_dir(place.join(name));
        seconds = time(&mut test)?;
    }
    Ok(seconds)
}

/// With an empty target folder, and with nothing of other crates but what these steps have compiled.
fn fresh(mut command: Command, place: &Path, name: &str) -> Command {
    command
        .env("CARGO_TARGET_DIR", place.join("target").join(name))
        .env(units::VARIABLE, place.join("units"));
    command
}

/// The kernel, and how it is booted.
fn options(bench: &Bench<'_>) -> Vec<String> {
    let mut options = shlex::split(&bench.kernel.option).unwrap_or_default();
    options.extend(["--accel", bench.machine.accel_name()].map(str::to_owned));
    options
}
