// SPDX-License-Identifier: GPL-2.0-only
//! CONFIG_FRAME_WARN: no function takes more of the kernel's small stack.
//!
//! The depth is read from the code itself, along its branches: C's too, and without a compiler's
//! help.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use iced_x86::{FlowControl, Instruction, Mnemonic, OpKind, Register};

use super::{Rule, finding, is_x86_64};
use crate::verify::code;
use crate::verify::module::{Function, Module, Section};
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "stack-frame",
    help: "the kernel's stack is 8 or 16 KiB for everything at once: put big values into a KBox, \
           and fill them there instead of returning them",
    applies: |module, target| is_x86_64(module) && limit(target) > 0,
    check,
};

fn limit(target: &Target) -> u64 {
    let limit = target.config.get("FRAME_WARN");
    limit.and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
}

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let limit = limit(target);
    for section in module.code() {
        for function in module.functions(section) {
            let depth = depth(section, &function);
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
fn depth(section: &Section, function: &Function) -> u64 {
    let code: HashMap<u64, Instruction> = code::between(section, function.start, function.end)
        .into_iter()
        .map(|instruction| (instruction.ip(), instruction))
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
        step(instruction, &mut state);
        most = most.max(state.depth);
        let flow = instruction.flow_control();
        if matches!(
            flow,
            FlowControl::ConditionalBranch | FlowControl::UnconditionalBranch
        ) && code::relocation(section, instruction).is_none()
        {
            ways.push((instruction.near_branch_target(), state));
        }
        if !matches!(
            flow,
            FlowControl::UnconditionalBranch
                | FlowControl::IndirectBranch
                | FlowControl::Return
                | FlowControl::Exception
        ) {
            ways.push((instruction.next_ip(), state));
        }
    }
    u64::try_from(most).unwrap_or(0)
}

/// What an instruction does to the stack pointer.
fn step(instruction: &Instruction, state: &mut State) {
    let to = instruction.op0_register();
    let is_number = matches!(
        instruction.op1_kind(),
        OpKind::Immediate8to64 | OpKind::Immediate32to64
    );
    match (instruction.mnemonic(), to) {
        (Mnemonic::Call, _) => {}
        (Mnemonic::Leave, _) => state.depth = state.frame - 8,
        (Mnemonic::Sub, Register::RSP) if is_number => {
            state.depth += instruction.immediate(1).cast_signed();
        }
        (Mnemonic::Add, Register::RSP) if is_number => {
            state.depth -= instruction.immediate(1).cast_signed();
        }
        // Aligning takes up to so much.
        (Mnemonic::And, Register::RSP) if is_number => {
            state.depth -= instruction.immediate(1).cast_signed() + 8;
        }
        (Mnemonic::Lea, Register::RSP) => {
            let by = instruction.memory_displacement64().cast_signed();
            match instruction.memory_base() {
                Register::RSP => state.depth -= by,
                Register::RBP => state.depth = state.frame - by,
                _ => {}
            }
        }
        (Mnemonic::Mov, Register::RBP) if instruction.op1_register() == Register::RSP => {
            state.frame = state.depth;
        }
        (Mnemonic::Mov, Register::RSP) if instruction.op1_register() == Register::RBP => {
            state.depth = state.frame;
        }
        _ if instruction.is_stack_instruction() => {
            state.depth -= i64::from(instruction.stack_pointer_increment());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
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
            relocations: Vec::new(),
        };
        let function = Function {
            name: "f",
            start: 0,
            end: section.size,
        };
        depth(&section, &function)
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
