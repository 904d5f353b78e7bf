// SPDX-License-Identifier: GPL-2.0-only
//! CONFIG_FRAME_WARN: no function takes more of the kernel's small stack.
//!
//! The depth is read from the code itself, along its branches: C's too, and without a compiler's
//! help.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use super::{Rule, finding};
use crate::arch::{Code, Flow, Instruction, Stack};
use crate::verify::code;
use crate::verify::module::{Function, Module, Section};
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "stack-frame",
    help: "the kernel's stack is 8 or 16 KiB for everything at once: put big values into a KBox, \
           and fill them there instead of returning them",
    applies: |module, target| module.code.is_some() && limit(target) > 0,
    check,
};

fn limit(target: &Target) -> u64 {
    let limit = target.config.get("FRAME_WARN");
    limit.and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
}

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let limit = limit(target);
    let Some(code) = module.code else {
        return Ok(());
    };
    for section in module.compiled() {
        for function in module.functions(section) {
            let depth = depth(code, section, &function);
            if depth > limit {
                findings.push(finding(
                    module,
                    section,
                    function.start,
                    format!(
                        "the function takes {depth} bytes of stack; CONFIG_FRAME_WARN is {limit}"
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// How far below its caller's the stack pointer is, and was when the frame pointer was set.
#[derive(Clone, Copy, Default)]
struct State {
    depth: i64,
    frame: i64,
}

/// The most that a function has on the stack, without the return address.
fn depth(code: &Code, section: &Section, function: &Function) -> u64 {
    let code: HashMap<u64, Instruction> =
        code::between(code, section, function.start, function.end)
            .into_iter()
            .map(|instruction| (instruction.start, instruction))
            .collect();
    let mut most = 0;
    let mut seen = HashSet::new();
    let mut ways = vec![(function.start, State::default())];
    while let Some((at, mut state)) = ways.pop() {
        let Some(instruction) = code.get(&at) else {
            continue;
        };
        if !seen.insert(at) {
            continue;
        }
        step(instruction.stack, &mut state);
        most = most.max(state.depth);
        if let Flow::Jump(to) | Flow::Branch(to) = instruction.flow
            && code::relocation(section, instruction).is_none()
        {
            ways.push((to, state));
        }
        if !matches!(
            instruction.flow,
            Flow::Jump(_) | Flow::IndirectJump | Flow::Return | Flow::Trap
        ) {
            ways.push((instruction.end, state));
        }
    }
    u64::try_from(most).unwrap_or(0)
}

/// What an instruction does to the stack pointer.
fn step(stack: Stack, state: &mut State) {
    match stack {
        Stack::Stays => {}
        Stack::Down(by) => state.depth += by,
        Stack::ToFrame => state.frame = state.depth,
        Stack::BelowFrame(by) => state.depth = state.frame + by,
    }
}

#[cfg(test)]
mod tests {
    use object::Architecture;

    use super::*;

    /// The most that a function of these bytes has on the stack.
    fn most(bytes: &[u8]) -> u64 {
        let section = Section {
            index: 1,
            name: ".text",
            kind: 1,
            flags: 6,
            data: bytes,
            size: bytes.len() as u64,
            align: 16,
            relocations: Vec::new(),
        };
        let function = Function {
            name: "f",
            start: 0,
            end: section.size,
        };
        let code = Code::of(Architecture::X86_64).unwrap();
        depth(code, &section, &function)
    }

    #[test]
    fn pushes_and_locals_count_and_the_epilogue_does_not_hide_them() {
        // push rbx; sub rsp,0x900; add rsp,0x900; pop rbx; ret
        let code = b"\x53\x48\x81\xec\x00\x09\x00\x00\x48\x81\xc4\x00\x09\x00\x00\x5b\xc3";
        assert_eq!(most(code), 0x908);
    }

    #[test]
    fn an_early_return_does_not_end_the_search() {
        // test edi,edi; je over; ret; over: sub rsp,0x900; add rsp,0x900; ret
        let code =
            b"\x85\xff\x74\x01\xc3\x48\x81\xec\x00\x09\x00\x00\x48\x81\xc4\x00\x09\x00\x00\xc3";
        assert_eq!(most(code), 0x900);
    }

    #[test]
    fn a_frame_pointer_is_followed() {
        // push rbp; mov rbp,rsp; sub rsp,0x40; leave; sub rsp,0x10; ret
        let code = b"\x55\x48\x89\xe5\x48\x83\xec\x40\xc9\x48\x83\xec\x10\xc3";
        assert_eq!(most(code), 0x48);
    }
}
