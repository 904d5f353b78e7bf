// SPDX-License-Identifier: GPL-2.0-only
//! Building a module through kbuild: the crate's own Makefile, run from a folder below target/.

mod alone;
mod failure;
mod others;
mod stage;
mod warnings;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::context::Context;
use crate::error::{host, unfit};
use crate::kernels::{self, Kernel};
use crate::object;
use crate::package::Package;
use crate::process;
use crate::setup;
use crate::toolchain::Toolchain;
pub use others::symvers;
use stage::Stage;

/// What a build gave.
#[derive(Clone, Debug)]
pub struct BuiltModule {
    /// The module's name, as `lsmod` shows it.
    pub name: String,
    /// The module.
    pub ko: PathBuf,
    /// Its C twins, built in the same kbuild run.
    pub twins: Vec<PathBuf>,
}

/// Builds the module crate in `crate_dir` for `kernel`, and each `twin/NAME.c` as `NAME.ko`.
pub fn build_module(ctx: &Context, crate_dir: &Path, kernel: &Kernel) -> Result<BuiltModule> {
    let package = Package::at(crate_dir)?;
    let stage = Stage::prepare(&ctx.exe, &package, kernel)?;
    if !stage.is_built() {
        setup::compiler()?;
    }
    tell(ctx, kernel);
    let phase = ctx
        .progress
        .phase(format!("building {}.ko for {}", stage.name, kernel.release));

    let mut make = kernel.make();
    make.arg(format!("M={}", stage.dir.display()));
    if ctx.verbose {
        make.arg("V=1");
    }
    make.arg("modules")
        .env(Package::VARIABLE, &package.target_dir);
    if !ctx.cargo.is_empty() {
        let words = shlex::try_join(ctx.cargo.iter().map(String::as_str));
        make.env(object::CARGO_VARIABLE, words.context("a word with a NUL")?);
    }
    if let Some(sysroot) = Toolchain::find().as_ref().and_then(Toolchain::sysroot) {
        make.env(Toolchain::VARIABLE, sysroot);
    }
    let log = stage.dir.join("build.log");
    let status = process::logged(&mut alone::of(&make, &stage.dir), &log, &phase, ctx.verbose)?;
    if !status.success() {
        drop(phase);
        // Another compiler than the one that built it before?
        setup::compiler()?;
        let failure = failure::describe(&stage.name, &log, &make, &package.dir);
        return Err(match object::is_trouble(&stage.object()) {
            true => anyhow!(failure),
            false => unfit(failure).into(),
        });
    }
    ctx.progress.warnings(&object::warnings(&stage.object()));
    ctx.progress.warnings(&warnings::of_c(&log));

    let ko = |name: &str| {
        let file = stage.dir.join(format!("{name}.ko"));
        let made = file.is_file();
        made.then_some(file).ok_or_else(|| {
            host(format!("kbuild succeeded but made no {name}.ko"))
                .help(format!("see {}", log.display()))
                .into()
        })
    };
    let built = BuiltModule {
        name: stage.name.clone(),
        ko: ko(&stage.name)?,
        twins: stage
            .twins
            .iter()
            .map(|twin| ko(twin))
            .collect::<Result<_>>()?,
    };
    let others = symvers(&built.ko);
    let report = kmod_verify::verify(&built.ko, &kernel.to_verify(&others), None)?;
    if !report.is_clean() {
        drop(phase);
        let (verdict, failures) = (report.verdict(), report.failures());
        bail!(unfit(format!("{verdict}\n{}", failures.trim_end())));
    }
    phase.done();
    Ok(built)
}

/// Says once of each kernel what rustc cannot give it.
fn tell(ctx: &Context, kernel: &Kernel) {
    static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.insert(kernel.release.clone()) {
        for note in kernels::notes(&kernel.kdir) {
            ctx.progress.note(format!("note: {note}"));
        }
    }
}
