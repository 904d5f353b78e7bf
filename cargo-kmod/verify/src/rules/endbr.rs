// SPDX-License-Identifier: GPL-2.0-only
//! Indirect branch tracking: where a pointer to a function is taken, the function begins with the
//! instruction for it, or the processor stops at the call.

use std::collections::BTreeMap;

use anyhow::Result;

use super::{REBUILD, Rule, finding};
use crate::arch::{Code, Instruction, Landing};
use crate::code;
use crate::module::{Module, Relocation, Section};
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "endbr",
    help: REBUILD,
    applies: |module, target| {
        known(module).is_some_and(|(_, landing)| target.asks(landing.options))
    },
    check,
};

fn known(module: &Module) -> Option<(&'static Code, &'static Landing)> {
    let code = module.code?;
    Some((code, code.landing.as_ref()?))
}

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some((code, landing)) = known(module) else {
        return Ok(());
    };
    for ((index, address), place) in taken(module, code, landing) {
        let Some(section) = module.sections.iter().find(|s| s.index == index) else {
            continue;
        };
        let functions = module.functions(section);
        let Some(function) = functions.iter().find(|f| f.start == address) else {
            continue;
        };
        let code = usize::try_from(address)
            .ok()
            .and_then(|start| section.data.get(start..))
            .unwrap_or_default();
        if !landing.bytes.iter().any(|bytes| code.starts_with(bytes)) {
            let name = rustc_demangle::demangle(function.name);
            findings.push(finding(
                module,
                section,
                address,
                format!(
                    "{name:#} has no {}, but its address is taken at {place}",
                    landing.name
                ),
            ));
        }
    }
    Ok(())
}

/// The places in code whose address is taken, each with a place that does.
fn taken(module: &Module, arch: &Code, landing: &Landing) -> BTreeMap<(usize, u64), String> {
    let mut taken = BTreeMap::new();
    for section in module.sections.iter().filter(|section| section.is_loaded()) {
        let mut no_calls = landing.no_calls.iter();
        if no_calls.any(|name| section.name.starts_with(name)) {
            continue;
        }
        let code = match section.is_executable() {
            true => code::instructions(module, section),
            false => Vec::new(),
        };
        for relocation in &section.relocations {
            let instruction = around(&code, relocation.offset);
            if instruction.is_some_and(Instruction::is_direct_branch) {
                continue;
            }
            let end = instruction.map(|instruction| instruction.end);
            if let Some(place) = target(module, arch, relocation, end) {
                taken
                    .entry(place)
                    .or_insert_with(|| module.place(section, relocation.offset));
            }
        }
    }
    taken
}

/// Where a relocation points, if that is code: relative ones count from the instruction's end.
fn target(
    module: &Module,
    arch: &Code,
    relocation: &Relocation,
    end: Option<u64>,
) -> Option<(usize, u64)> {
    let symbol = module.symbol_of(relocation)?;
    let index = symbol.section?;
    module
        .sections
        .iter()
        .find(|section: &&Section| section.index == index && section.is_compiled())?;
    let counts = arch.counted_from(relocation.kind).is_some();
    let beyond = end
        .filter(|_| counts)
        .map_or(0, |end| end - relocation.offset);
    let addend = relocation.addend.checked_add_unsigned(beyond)?;
    Some((index, symbol.address.checked_add_signed(addend)?))
}

fn around(code: &[Instruction], offset: u64) -> Option<&Instruction> {
    let after = code.partition_point(|instruction| instruction.start <= offset);
    code.get(after.checked_sub(1)?)
}
