// SPDX-License-Identifier: GPL-2.0-only
//! The lists from which the kernel patches a module's code when it loads it: what does not stand
//! in them keeps the slow form, or the one that the processor at hand does not need.

use std::collections::BTreeSet;

use anyhow::Result;
use iced_x86::FlowControl;

use super::{Rule, finding, is_x86_64};
use crate::verify::code;
use crate::verify::module::{Module, Section};
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "patch-sites",
    help: "the kernel's objtool makes these lists and has not run on this code: build with \
           `cargo kmod build` or `make`",
    applies: |module, target| is_x86_64(module) && LISTS.iter().any(|list| list.is_kept_by(target)),
    check,
};

/// A list of places, each a relocation.
struct List {
    section: &'static str,
    /// What goes into it.
    options: &'static [&'static str],
    /// What tells in `asm/alternative.h` that this kernel reads it.
    reader: &'static str,
    /// The function whose callers stand in it, by the beginning of its name; all where empty.
    callee: &'static str,
}

const LISTS: &[List] = &[
    List {
        section: ".return_sites",
        options: &["RETHUNK", "MITIGATION_RETHUNK"],
        reader: "apply_returns",
        callee: "__x86_return_thunk",
    },
    List {
        section: ".retpoline_sites",
        options: &["RETPOLINE", "MITIGATION_RETPOLINE"],
        reader: "apply_retpolines",
        callee: "__x86_indirect_thunk_",
    },
    List {
        section: ".call_sites",
        options: &["CALL_DEPTH_TRACKING", "MITIGATION_CALL_DEPTH_TRACKING"],
        reader: "callthunks_patch_module_calls",
        callee: "",
    },
];

const READERS: &str = "arch/x86/include/asm/alternative.h";

impl List {
    fn is_kept_by(&self, target: &Target) -> bool {
        target.asks(self.options) && target.header_has(READERS, self.reader)
    }

    fn has(&self, callee: &str) -> bool {
        if self.callee.is_empty() {
            // Static calls are patched by lists of their own.
            return !callee.starts_with("__x86_") && !callee.starts_with("__SCT__");
        }
        callee.starts_with(self.callee)
    }
}

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for list in LISTS.iter().filter(|list| list.is_kept_by(target)) {
        let listed = places(module, list.section);
        for section in module.code() {
            for instruction in code::instructions(module, section) {
                let Some(callee) = code::callee(module, section, &instruction) else {
                    continue;
                };
                let called = instruction.flow_control() == FlowControl::Call;
                let belongs = list.has(callee) && (called || !list.callee.is_empty());
                if belongs && !listed.contains(&(section.index, instruction.ip())) {
                    findings.push(finding(
                        module,
                        section,
                        instruction.ip(),
                        format!("the call of {callee} does not stand in {}", list.section),
                    ));
                }
            }
        }
    }
    Ok(())
}

/// The places that a list of relocations names: the section's number, and where in it.
pub fn places(module: &Module, list: &str) -> BTreeSet<(usize, u64)> {
    let sections = module.named(list);
    sections
        .flat_map(|section| places_of(module, section))
        .collect()
}

/// The same of one section, in the order of its relocations.
pub fn places_of(module: &Module, section: &Section) -> Vec<(usize, u64)> {
    let place = |relocation| -> Option<(usize, u64)> {
        let symbol = module.symbol_of(relocation)?;
        Some((
            symbol.section?,
            symbol.address.checked_add_signed(relocation.addend)?,
        ))
    };
    section.relocations.iter().filter_map(place).collect()
}
