// SPDX-License-Identifier: GPL-2.0-only
//! A module of which some lines run and others do not, to prove that `--coverage` tells which.

use anyhow::{Context as _, Result, ensure};

use cargo_kmod::build::BuiltModule;
use cargo_kmod::coverage::Coverage;
use cargo_kmod::kernels::Kernel;
use cargo_kmod::suite;
use cargo_kmod::vm::{Item, Outcome};

use super::{FAULTS, SelfTest, boot, words};

/// What the module is loaded to do: something, nothing, and what it refuses to do.
const WAYS: [&str; 3] = ["mutexes", "none", "nothing"];

/// Lines of it, and whether they then run.
const LINES: &[(&str, [bool; 3])] = &[
    ("KBox::new([7u8; 64]", [true, true, true]),
    ("add(&other, &one);", [true, false, false]),
    ("*one += *other.lock();", [true, false, false]),
    ("one.write(|one| other.write(", [false, false, false]),
    ("let byte = unsafe {", [false, false, false]),
];

/// Whether it can be told of a kernel's modules.
pub fn is_told(kernel: &Kernel) -> bool {
    let guest = kernel.arch.guest.as_ref();
    guest.is_some_and(|guest| guest.modules.is_some())
}

impl SelfTest<'_> {
    /// Loads it each way in a VM of its own. One that refuses is gone before anybody could ask where it was.
    pub(super) fn lines_that_ran(&self, name: &str, built: &BuiltModule) -> Result<()> {
        for (number, what) in WAYS.into_iter().enumerate() {
            let mut boot = boot(
                name,
                vec![
                    words(&["insmod", &built.name, &format!("what={what}")]),
                    words(&["rmmod", &built.name]),
                ],
            );
            boot.items.extend(suite::modules(built));
            let ended = self.machine.logging_code()?.boot(&boot, &mut |_| ())?;
            let ended = ended.context("nothing was booted")?;
            ensure!(ended.outcome == Outcome::Finished, "{:?}", ended.outcome);
            let modules: Vec<_> = boot.items.iter().filter_map(Item::module).collect();
            let coverage = Coverage::default();
            coverage.add(ended.code().context("no log of the code")?, &modules)?;
            for (text, ran) in LINES {
                let line = FAULTS.lines().position(|line| line.contains(text));
                let line = u32::try_from(line.context("vmfault has no such line")? + 1)?;
                let told = coverage.ran("vmfault/src/lib.rs", line);
                ensure!(
                    told == Some(ran[number]),
                    "what={what}: {told:?} of line {line}, `{text}`"
                );
            }
        }
        Ok(())
    }
}
