// SPDX-License-Identifier: GPL-2.0-only
//! The instructions of x86-64 code.

use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction};

use super::module::{Module, Relocation, Section};

/// ENDBR64: where an indirect branch may land.
pub const ENDBR64: [u8; 4] = [0xf3, 0x0f, 0x1e, 0xfa];

/// The instructions of a section, one after the other; each function starts anew, so that what
/// stands between two of them cannot lead astray.
pub fn instructions(module: &Module, section: &Section) -> Vec<Instruction> {
    let mut starts: Vec<u64> = module
        .functions(section)
        .iter()
        .map(|function| function.start)
        .collect();
    starts.push(section.data.len() as u64);
    let mut from = 0;
    let mut found = Vec::new();
    for end in starts {
        found.extend(between(section, from, end));
        from = end;
    }
    found
}

/// The instructions from `start` to `end` of a section.
pub fn between(section: &Section, start: u64, end: u64) -> Vec<Instruction> {
    let bytes = usize::try_from(start)
        .ok()
        .zip(usize::try_from(end).ok())
        .and_then(|(start, end)| section.data.get(start..end));
    let Some(bytes) = bytes else {
        return Vec::new();
    };
    Decoder::with_ip(64, bytes, start, DecoderOptions::NONE)
        .iter()
        .collect()
}

/// The relocation that an instruction carries.
pub fn relocation<'s>(section: &'s Section, instruction: &Instruction) -> Option<&'s Relocation> {
    section.relocation_in(instruction.ip()..instruction.next_ip())
}

/// The symbol that a direct call or jump goes to, where the linker or the kernel fills it in.
pub fn callee<'d>(
    module: &Module<'d>,
    section: &Section,
    instruction: &Instruction,
) -> Option<&'d str> {
    if !is_direct_branch(instruction) {
        return None;
    }
    let symbol = module.symbol_of(relocation(section, instruction)?)?;
    (!symbol.name.is_empty()).then_some(symbol.name)
}

/// Whether it is a call, jump or conditional jump to an address that stands in the instruction.
pub fn is_direct_branch(instruction: &Instruction) -> bool {
    matches!(
        instruction.flow_control(),
        FlowControl::Call | FlowControl::UnconditionalBranch | FlowControl::ConditionalBranch
    )
}

/// Whether it calls or jumps to where a register or memory says.
pub fn is_indirect_branch(instruction: &Instruction) -> bool {
    matches!(
        instruction.flow_control(),
        FlowControl::IndirectCall | FlowControl::IndirectBranch
    )
}
