// SPDX-License-Identifier: GPL-2.0-only
//! The instructions of a module's code.

use super::module::{Module, Relocation, Section};
use crate::arch::{Code, Instruction};

/// The instructions of a section, one after the other; each function starts anew, so that what
/// stands between two of them cannot lead astray. Of an architecture that is not known, none.
pub fn instructions(module: &Module, section: &Section) -> Vec<Instruction> {
    let Some(code) = module.code else {
        return Vec::new();
    };
    let mut starts: Vec<u64> = module
        .functions(section)
        .iter()
        .map(|function| function.start)
        .collect();
    starts.push(section.data.len() as u64);
    let mut from = 0;
    let mut found = Vec::new();
    for end in starts {
        found.extend(between(code, section, from, end));
        from = end;
    }
    found
}

/// The instructions from `start` to `end` of a section.
pub fn between(code: &Code, section: &Section, start: u64, end: u64) -> Vec<Instruction> {
    let bytes = usize::try_from(start)
        .ok()
        .zip(usize::try_from(end).ok())
        .and_then(|(start, end)| section.data.get(start..end));
    match bytes {
        Some(bytes) => (code.decode)(bytes, start),
        None => Vec::new(),
    }
}

/// The relocation that an instruction carries.
pub fn relocation<'s>(section: &'s Section, instruction: &Instruction) -> Option<&'s Relocation> {
    section.relocation_in(instruction.start..instruction.end)
}

/// The symbol that a direct call or jump goes to, where the linker or the kernel fills it in.
pub fn callee<'d>(
    module: &Module<'d>,
    section: &Section,
    instruction: &Instruction,
) -> Option<&'d str> {
    if !instruction.is_direct_branch() {
        return None;
    }
    let symbol = module.symbol_of(relocation(section, instruction)?)?;
    (!symbol.name.is_empty()).then_some(symbol.name)
}
