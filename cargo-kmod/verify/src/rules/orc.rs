// SPDX-License-Identifier: GPL-2.0-only
//! ORC: for each function the kernel knows how to unwind it. Without, a stack trace ends there,
//! and live patching cannot tell whether a process is in it.

use std::collections::BTreeMap;

use anyhow::Result;

use super::sites::places_of;
use super::{Rule, finding};
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "orc",
    help: "the kernel's objtool writes .orc_unwind and has not run on this code: build with \
           `cargo kmod build` or `make`",
    applies: |_, target| target.asks(&["UNWINDER_ORC"]),
    check,
};

/// `struct orc_entry`: two offsets, and what they count from in the low half of the fifth byte.
const ENTRY: usize = 6;
const FROM_WHAT: usize = 4;

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    // Where an entry begins to be in force, and whether it says anything.
    let mut entries: BTreeMap<(usize, u64), bool> = BTreeMap::new();
    let tables = module
        .named(".orc_unwind")
        .zip(module.named(".orc_unwind_ip"));
    for (table, places) in tables {
        let known = table.data.chunks_exact(ENTRY);
        let known = known.map(|entry| entry[FROM_WHAT] & 0xf != 0);
        entries.extend(places_of(module, places).into_iter().zip(known));
    }
    for section in module.compiled() {
        for function in module.functions(section) {
            let here = (section.index, function.start);
            let in_force = entries
                .range((section.index, 0)..=here)
                .next_back()
                .is_some_and(|(_, known)| *known);
            if !in_force {
                findings.push(finding(
                    module,
                    section,
                    function.start,
                    "no ORC entry: the kernel cannot unwind this function",
                ));
            }
        }
    }
    Ok(())
}
