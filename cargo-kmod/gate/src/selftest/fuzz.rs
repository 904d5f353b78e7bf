// SPDX-License-Identifier: GPL-2.0-only
//! A module with a bug that only a certain order of uses shows, to prove that `fuzz` finds it, and what of it is needed.

use anyhow::{Context as _, Result, ensure};

use cargo_kmod::fuzz::{Fuzz, How};
use cargo_kmod::kernels::Kernel;
use cargo_kmod::package::Package;
use cargo_kmod::vm::kmod_test_manifest;

use super::SelfTest;

/// What chance begins with: threads race, so that what was found by one of these need not come again, and is not made
/// small then.
const SEEDS: [u64; 4] = [1, 2, 3, 4];

/// What is needed: the mode is set, the device is opened, the ninth number is kept. The mode's file may be opened and
/// written in two steps.
const STEPS: [&str; 2] = [" /proc/sys/vmfuzz/mode", " 40107a01 x"];
const COUNT: usize = 4;

impl SelfTest<'_> {
    /// Has the module used by chance, and looks at what is found, and at the test of it.
    pub(super) fn planted_order(&self, kernel: &Kernel) -> Result<()> {
        let dir = kmod_test_manifest(&self.ctx.cwd)?.with_file_name("../vmfuzz");
        let mut package = Package::at(&dir)?;
        let fuzz = Fuzz::new(self.ctx, &self.machine, kernel, &package)?;
        let is_bug = |line: &String| line.contains("BUG");
        let mut sure = None;
        for seed in SEEDS {
            let how = How {
                seed,
                seconds: 300,
                threads: 3,
            };
            let found = fuzz.run(how)?.context("nothing was found")?;
            ensure!(found.report.iter().any(is_bug), "{found:#?}");
            if found.is_sure {
                sure = Some(found);
                break;
            }
        }
        let found = sure.context("what was found never came again")?;
        let programs = found.programs.join("; ");
        ensure!(
            STEPS.iter().all(|step| programs.contains(step))
                && programs.split("; ").count() <= COUNT,
            "{found:#?}"
        );
        let saved = tempfile::tempdir()?;
        package.dir = saved.path().to_owned();
        let test = std::fs::read_to_string(fuzz.save(&found, &package)?)?;
        let has = |program: &String| test.contains(&format!("    {program:?},\n"));
        ensure!(found.programs.iter().all(has), "{test}");
        Ok(())
    }
}
