// SPDX-License-Identifier: GPL-2.0-only
//! The modules and their twins, built in one kbuild run, and what they weigh.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::figures::Pair;
use super::growth::{self, KINDS, Kind};
use super::measure::{Bench, MODULES};
use super::report::LOAD;
use super::workspace::{Workspace, write};
use cargo_kmod::build::{self, BuiltModule};
use cargo_kmod::process;

/// A module and its twin, as they are loaded.
pub struct Module {
    /// The files, without what is for debuggers.
    pub built: BuiltModule,
    /// What they weigh.
    pub size: Pair,
}

/// A module that declares many objects.
pub struct Grown {
    /// Of which kind.
    pub kind: &'static Kind,
    /// How many.
    pub objects: u32,
    /// The module.
    pub module: Module,
}

/// Builds one of the modules in `bench/`.
pub fn fixed(bench: &Bench<'_>, subject: &str) -> Result<Module> {
    let dir = bench.workspace.join(MODULES).join(subject);
    module(bench, subject, &dir)
}

/// Writes and builds modules with so many objects of each kind.
pub fn grown(bench: &Bench<'_>, numbers: &[u32]) -> Result<Vec<Grown>> {
    let place = bench.target_dir.join("kmod/bench");
    let workspace = Workspace::at(place, bench.workspace, bench.target_dir)?;
    let mut written = Vec::new();
    for kind in KINDS {
        for &objects in numbers {
            let name = format!("bench_{}_{objects}", kind.name);
            let (ours, twin) = growth::sources(kind, &name, objects);
            let dir = workspace.module(&name, &ours)?;
            write(&dir.join(format!("twin/{name}_c.c")), &twin)?;
            written.push((kind, objects, dir));
        }
    }
    let build = |(kind, objects, dir): (_, _, PathBuf)| {
        Ok(Grown {
            kind,
            objects,
            module: module(bench, LOAD, &dir)?,
        })
    };
    written.into_iter().map(build).collect()
}

fn module(bench: &Bench<'_>, subject: &str, dir: &std::path::Path) -> Result<Module> {
    let built = stripped(bench, &build::build_module(bench.ctx, dir, bench.kernel)?)?;
    let twin = built.twins.first().context("a benchmark without a twin")?;
    let bytes = |ko: &PathBuf| -> Result<u64> { Ok(fs::metadata(ko)?.len()) };
    let size = Pair {
        subject: subject.to_owned(),
        name: built.name.clone(),
        ours: kmod_verify::sizes_of(&built.ko)?,
        twin: kmod_verify::sizes_of(twin)?,
        files: [bytes(&built.ko)?, bytes(twin)?],
        stacks: [
            kmod_verify::stacks_of(&built.ko)?,
            kmod_verify::stacks_of(twin)?,
        ],
    };
    Ok(Module { built, size })
}

/// The module and its twin without what is for debuggers, as distributions install modules: of C
/// that is much, and `insmod` reads it all.
fn stripped(bench: &Bench<'_>, module: &BuiltModule) -> Result<BuiltModule> {
    let strip = |ko: &PathBuf| {
        let dir = ko.parent().unwrap_or(ko).join("stripped");
        let to = dir.join(ko.file_name().unwrap_or_default());
        fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
        let mut strip = bench.kernel.strip();
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
