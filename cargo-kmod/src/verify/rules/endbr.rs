// SPDX-License-Identifier: GPL-2.0-only
//! Indirect branch tracking: where a pointer to a function is taken, the function begins with
//! ENDBR64, or the processor stops at the call.

use std::collections::BTreeMap;

use anyhow::Result;
use iced_x86::Instruction;
use object::elf;

use super::{REBUILD, Rule, finding, is_x86_64};
use crate::verify::code::{self, ENDBR64};
use crate::verify::module::{Module, Relocation, Section};
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "endbr",
    help: REBUILD,
    applies: |module, target| is_x86_64(module) && target.asks(&["X86_KERNEL_IBT"]),
    check,
};

/// Tables that name places in the code and not functions to be called.
const NO_CALLS: &[&str] = &[
    ".altinstructions",
    ".call_sites",
    ".cfi_sites",
    ".ibt_endbr_seal",
    ".orc_unwind",
    ".parainstructions",
    ".retpoline_sites",
    ".return_sites",
    ".smp_locks",
    ".static_call_sites",
    "___ksymtab",
    "__bug_table",
    "__ex_table",
    "__jump_table",
    "__ksymtab",
    "__mcount_loc",
    "__patchable_function_entries",
    "_kprobe_blacklist",
];

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for ((index, address), place) in taken(module) {
        let Some(section) = module.sections.iter().find(|s| s.index == index) else {
            continue;
        };
        let functions = module.functions(section);
        let Some(function) = functions.iter().find(|f| f.start == address) else {
            continue;
        };
        let begins = usize::try_from(address)
            .ok()
            .and_then(|start| section.data.get(start..)?.get(..ENDBR64.len()));
        if begins != Some(&ENDBR64[..]) {
            let name = rustc_demangle::demangle(function.name);
            findings.push(finding(
                module,
                section,
                address,
                format!("{name:#} has no ENDBR64, but its address is taken at {place}"),
            ));
        }
    }
    Ok(())
}

/// The places in code whose address is taken, each with a place that does.
fn taken(module: &Module) -> BTreeMap<(usize, u64), String> {
    let mut taken = BTreeMap::new();
    for section in module.sections.iter().filter(|section| section.is_loaded()) {
        if NO_CALLS.iter().any(|name| section.name.starts_with(name)) {
            continue;
        }
        let code = match section.is_executable() {
            true => code::instructions(module, section),
            false => Vec::new(),
        };
        for relocation in &section.relocations {
            let instruction = around(&code, relocation.offset);
            if instruction.is_some_and(code::is_direct_branch) {
                continue;
            }
            let end = instruction.map(Instruction::next_ip);
            if let Some(place) = target(module, relocation, end) {
                taken
                    .entry(place)
                    .or_insert_with(|| module.place(section, relocation.offset));
            }
        }
    }
    taken
}

/// Where a relocation points, if that is code: relative ones count from the instruction's end.
fn target(module: &Module, relocation: &Relocation, end: Option<u64>) -> Option<(usize, u64)> {
    let symbol = module.symbol_of(relocation)?;
    let index = symbol.section?;
    module
        .sections
        .iter()
        .find(|section: &&Section| section.index == index && section.is_compiled())?;
    let beyond = match (relocation.kind, end) {
        (elf::R_X86_64_PC32 | elf::R_X86_64_PLT32, Some(end)) => end - relocation.offset,
        _ => 0,
    };
    let addend = relocation.addend.checked_add_unsigned(beyond)?;
    Some((index, symbol.address.checked_add_signed(addend)?))
}

fn around(code: &[Instruction], offset: u64) -> Option<&Instruction> {
    let after = code.partition_point(|instruction| instruction.ip() <= offset);
    code.get(after.checked_sub(1)?)
}
