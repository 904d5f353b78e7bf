// SPDX-License-Identifier: GPL-2.0-only
//! The lists from which the kernel patches a module's code when it loads it: what does not stand
//! in them keeps the slow form, or the one that the processor at hand does not need.

use std::collections::BTreeSet;

use anyhow::Result;

use super::{Rule, finding};
use crate::arch::{Flow, Sites};
use crate::code;
use crate::module::{Module, Section};
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "patch-sites",
    help: "the kernel's objtool makes these lists and has not run on this code: build with \
           `cargo kmod build` or `make`",
    applies: |module, target| kept(module, target).next().is_some(),
    check,
};

/// The lists that the kernel reads.
fn kept<'t>(module: &Module, target: &'t Target) -> impl Iterator<Item = &'static Sites> + 't {
    let lists = module.code.map_or(&[][..], |code| code.sites);
    lists.iter().filter(|list| {
        let (header, reader) = list.reader;
        target.asks(list.options) && target.header_has(header, reader)
    })
}

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for list in kept(module, target) {
        let listed = places(module, list.section);
        for section in module.compiled() {
            for instruction in code::instructions(module, section) {
                let Some(callee) = code::callee(module, section, &instruction) else {
                    continue;
                };
                let is_call = matches!(instruction.flow, Flow::Call(_));
                let belongs = list.callee.has(callee, is_call);
                if belongs && !listed.contains(&(section.index, instruction.start)) {
                    findings.push(finding(
                        module,
                        section,
                        instruction.start,
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
