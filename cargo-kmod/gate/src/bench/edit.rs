// SPDX-License-Identifier: GPL-2.0-only
//! The time of a developer's turn: from an edit to the word that the module's tests passed in the VM.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::figures::Timing;
use super::measure::Bench;
use super::rebuild::{remove, time};
use cargo_kmod::process;

/// The figure.
pub const LOOP: &str = "edit -> tested in the VM";

/// The crate that `cargo kmod new` writes.
const NAME: &str = "greeting";

/// What an edit changes, and the digits that it puts behind.
const MARK: &str = "mode = 0o4";
const DIGITS: [&str; 7] = ["44", "40", "04", "00", "66", "60", "06"];

/// Takes the time of some turns.
pub fn measure(bench: &Bench<'_>) -> Result<Timing> {
    let phase = bench.ctx.progress.phase(format!("timing: {LOOP}"));
    let place = bench.target_dir.join("kmod/bench/loop");
    let dir = place.join(NAME);
    remove(&dir)?;
    fs::create_dir_all(&place).with_context(|| format!("cannot create {}", place.display()))?;
    time(command(bench, &place).args(["new", NAME]))?;
    let test = || {
        let mut test = command(bench, &dir);
        test.args(["test", "--accel", bench.machine.accel_name()]);
        test.args(shlex::split(&bench.kernel.option).unwrap_or_default());
        time(&mut test)
    };
    // The first one compiles `core` and what the module uses.
    test()?;
    let source = dir.join("src/lib.rs");
    let mut times = Vec::new();
    for (turn, digits) in DIGITS.iter().skip(1).enumerate() {
        phase.detail(&format!("{} of {}", turn + 1, DIGITS.len() - 1));
        edit(&source, DIGITS[turn], digits)?;
        times.push(test()?);
    }
    phase.done();
    Ok(Timing {
        subject: "loop".to_owned(),
        name: LOOP.to_owned(),
        ours: times,
        twin: Vec::new(),
    })
}

fn edit(source: &PathBuf, old: &str, new: &str) -> Result<()> {
    let text = fs::read_to_string(source)?;
    let old = format!("{MARK}{old}");
    ensure!(text.contains(&old), "{old} is not in {}", source.display());
    Ok(fs::write(
        source,
        text.replace(&old, &format!("{MARK}{new}")),
    )?)
}

/// This program, with products that stay from run to run.
fn command(bench: &Bench<'_>, dir: &Path) -> Command {
    let mut command = process::command(&bench.ctx.exe);
    command
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", bench.target_dir);
    command
}
