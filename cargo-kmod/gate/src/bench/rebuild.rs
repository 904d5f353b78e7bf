// SPDX-License-Identifier: GPL-2.0-only
//! The time of builds: a module through `cargo kmod build`, its twin through kbuild alone, in turn.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};

use super::figures::{Growth, Step, Timing, Unit, median};
use super::growth::{self, DESCRIPTION, KINDS, NUMBERS};
use super::measure::{Bench, MODULES};
use super::workspace::{Workspace, write};
use cargo_kmod::process;
use cargo_kmod::progress::Phase;
use cargo_kmod::units;

/// The figure of a build after an edit.
pub const EDIT: &str = "rebuild after an edit";

const COLD: &str = "first build, nothing compiled before";

/// How many pairs: of first builds (a minute or more each), after an edit, of each number of objects.
const PAIRS: [u32; 3] = [1, 9, 3];

/// A misc device with two ioctls.
const MODULE: &str = "build_misc";

/// The subject.
const BUILD: &str = "build";

/// A module and its twin, each in a folder of its own.
struct Sources {
    name: String,
    /// The crate.
    dir: PathBuf,
    /// kbuild's folder for the twin.
    twin_dir: PathBuf,
    ours: String,
    twin: String,
    edit: Edit,
}

/// A part of both texts that an edit changes, and what it becomes in turn n.
#[derive(Clone, Copy)]
struct Edit(&'static str, fn(u32) -> String);

impl Sources {
    fn write(
        workspace: &Workspace,
        name: &str,
        (ours, twin): (String, String),
        edit: Edit,
    ) -> Result<Sources> {
        ensure!(
            ours.contains(edit.0) && twin.contains(edit.0),
            "{} is not in both sources of {name}",
            edit.0
        );
        let dir = workspace.module(name, &ours)?;
        let twin_dir = workspace.dir().join("twins").join(name);
        let sources = Sources {
            name: name.to_owned(),
            dir,
            twin_dir,
            ours,
            twin,
            edit,
        };
        sources.write_twin(&sources.twin)?;
        Ok(sources)
    }

    fn write_twin(&self, text: &str) -> Result<()> {
        let name = &self.name;
        write(
            &self.twin_dir.join("Kbuild"),
            &format!("obj-m := {name}_c.o\n"),
        )?;
        write(&self.twin_dir.join(format!("{name}_c.c")), text)
    }

    /// Changes both sources, to something that they have not been before.
    fn edit(&self, turn: u32) -> Result<()> {
        let Edit(part, other) = self.edit;
        let edited = |text: &str| text.replace(part, &other(turn));
        write(&self.dir.join("src/lib.rs"), &edited(&self.ours))?;
        self.write_twin(&edited(&self.twin))
    }

    /// Seconds that each side takes. Which one is first changes from turn to turn. `cold`: without
    /// what was compiled for other crates.
    fn build(&self, bench: &Bench<'_>, turn: u32, cold: bool) -> Result<[f64; 2]> {
        let ours = || {
            let mut build = process::command(&bench.ctx.exe);
            build
                .current_dir(&self.dir)
                .arg("build")
                .args(shlex::split(&bench.kernel.option).unwrap_or_default())
                .env("CARGO_TARGET_DIR", target_dir(bench));
            if cold {
                build.env(units::VARIABLE, "");
            }
            time(&mut build)
        };
        let twin = || {
            let mut make = bench.kernel.make();
            let folder = format!("M={}", self.twin_dir.display());
            time(make.arg(folder).arg("modules"))
        };
        if turn.is_multiple_of(2) {
            let ours = ours()?;
            return Ok([ours, twin()?]);
        }
        let twin = twin()?;
        Ok([ours()?, twin])
    }
}

/// Runs a program of which nothing is known yet, as people do: what it finds out counts.
pub fn time(command: &mut Command) -> Result<f64> {
    let start = Instant::now();
    let output = command
        .output()
        .with_context(|| format!("cannot start {}", process::show(command)))?;
    let seconds = start.elapsed().as_secs_f64();
    if !output.status.success() {
        let all = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&all);
        bail!(
            "{} failed:\n{}",
            process::show(command),
            process::last_lines(&text, 30)
        );
    }
    Ok(seconds)
}

fn dir(bench: &Bench<'_>) -> PathBuf {
    bench.target_dir.join("kmod/bench/build")
}

/// The modules' own, so that it can be empty.
fn target_dir(bench: &Bench<'_>) -> PathBuf {
    dir(bench).join("target")
}

fn workspace(bench: &Bench<'_>) -> Result<Workspace> {
    Workspace::at(dir(bench), bench.workspace, &target_dir(bench))
}

/// First builds, and builds after an edit.
pub fn measure(bench: &Bench<'_>) -> Result<Vec<Timing>> {
    let [cold_pairs, pairs, _] = PAIRS;
    let from = bench.workspace.join(MODULES).join("misc");
    let read = |file: &str| {
        let file = from.join(file);
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let ours = read("src/lib.rs")?.replace("bench_misc", MODULE);
    let texts = (ours, read("twin/bench_misc_c.c")?);
    let sources = || {
        let workspace = workspace(bench)?;
        let magic = Edit("0xb9", |turn| format!("0x{:02x}", 0x10 + turn));
        Sources::write(&workspace, MODULE, texts.clone(), magic)
    };
    let phase = begin(bench, COLD);
    let cold = |turn| {
        phase.detail(&format!("{} of {cold_pairs}", turn + 1));
        remove(&dir(bench))?;
        sources()?.build(bench, turn, true)
    };
    let cold = timing(COLD, (0..cold_pairs).map(cold))?;
    phase.done();
    let phase = begin(bench, EDIT);
    let sources = sources()?;
    sources.build(bench, 0, false)?;
    let edit = |turn| {
        phase.detail(&format!("{} of {pairs}", turn + 1));
        sources.edit(turn)?;
        sources.build(bench, turn, false)
    };
    let edit = timing(EDIT, (0..pairs).map(edit))?;
    phase.done();
    Ok(vec![cold, edit])
}

/// Builds after an edit of modules with many objects: the median of a few.
pub fn growth(bench: &Bench<'_>) -> Result<Vec<Growth>> {
    let [.., pairs] = PAIRS;
    let workspace = workspace(bench)?;
    let description = Edit(DESCRIPTION, |turn| format!("{DESCRIPTION}, {turn}"));
    let mut growth = Vec::new();
    for kind in KINDS {
        let mut steps = Vec::new();
        let phase = begin(bench, &format!("{EDIT}, with n {}", kind.name));
        for objects in NUMBERS {
            let name = format!("build_{}_{objects}", kind.name);
            let texts = growth::sources(kind, &name, objects);
            let sources = Sources::write(&workspace, &name, texts, description)?;
            let mut sides = [Vec::new(), Vec::new()];
            for turn in 0..pairs {
                phase.detail(&format!("{objects} {}", kind.name));
                sources.edit(turn)?;
                let pair = sources.build(bench, turn, false)?;
                sides[0].push(pair[0]);
                sides[1].push(pair[1]);
            }
            steps.push(Step {
                objects,
                ours: median(&sides[0]),
                twin: median(&sides[1]),
            });
        }
        phase.done();
        growth.push(Growth {
            name: EDIT.to_owned(),
            kind: kind.name,
            unit: Unit::Seconds,
            steps,
        });
    }
    Ok(growth)
}

fn begin(bench: &Bench<'_>, what: &str) -> Phase {
    let progress = &bench.ctx.progress;
    progress.phase(format!("timing: {what}, ours and C"))
}

fn timing(name: &str, pairs: impl Iterator<Item = Result<[f64; 2]>>) -> Result<Timing> {
    let pairs = pairs.collect::<Result<Vec<_>>>()?;
    Ok(Timing {
        subject: BUILD.to_owned(),
        name: name.to_owned(),
        ours: pairs.iter().map(|pair| pair[0]).collect(),
        twin: pairs.iter().map(|pair| pair[1]).collect(),
    })
}

/// Removes a folder, if it is there.
pub fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove {}", dir.display()))?;
    }
    Ok(())
}
