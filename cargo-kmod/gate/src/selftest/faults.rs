// SPDX-License-Identifier: GPL-2.0-only
//! A module that is right until an allocation fails, to prove that `--faults` sees it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use kmod_test::wire::{Event, Status};

use cargo_kmod::vm::{Item, Outcome, Watch};

use super::{MODULE, SelfTest, boot, words};

/// Two hundred loads on a host that is not too busy.
const LIMIT: Duration = Duration::from_secs(600);

/// What the module does, and a word of the report that comes of it: there and then, or when kmemleak is asked.
pub struct Planted {
    pub what: &'static str,
    pub report: &'static str,
}

/// The last one does not come back from its load.
pub const PLANTED: &[Planted] = &[
    planted("none", ""),
    planted("forgets", "kmemleak: "),
    planted("trusts", "an Oops"),
];

const fn planted(what: &'static str, report: &'static str) -> Planted {
    Planted { what, report }
}

impl SelfTest<'_> {
    /// Loads it to do each, with all that can fail failing, and looks at what is said of it.
    pub(super) fn planted(&self, name: &str, ko: &Path) -> Result<()> {
        let mut commands = Vec::new();
        for Planted { what, .. } in PLANTED {
            let what = format!("what={what}");
            commands.push(words(&["faults", "insmod", MODULE, &what]));
            commands.extend(self.machine.last_commands());
        }
        let each = commands.len() / PLANTED.len();
        let mut boot = boot(name, commands);
        boot.limit = Some(LIMIT);
        boot.items
            .push(Item::copy(format!("/modules/{MODULE}.ko"), ko));
        let mut watch = Watch::default();
        let (mut said, mut places) = (Vec::new(), Vec::new());
        let ended = self.machine.failing().boot(&boot, &mut |event| {
            watch.see(&event);
            match event {
                Event::Fault(place, _) => places.push(place),
                Event::End(Status::Error(why)) => said.push(why),
                Event::End(_) => said.push(watch.take().join("\n")),
                _ => {}
            }
        })?;
        let ended = ended.map(|ended| ended.outcome);
        ensure!(ended == Some(Outcome::Finished), "{ended:?}");
        for (planted, said) in PLANTED.iter().zip(said.chunks(each)) {
            let (said, report) = (said.concat(), planted.report);
            let is_told = said.contains(report) && said.is_empty() == report.is_empty();
            ensure!(is_told, "{}: {said}", planted.what);
        }
        // The two allocations of who forgets one.
        let in_ours = places.iter().filter(|place| place.contains(' ')).count();
        ensure!(in_ours >= 2, "{places:?}");
        Ok(())
    }
}
