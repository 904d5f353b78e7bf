// SPDX-License-Identifier: GPL-2.0-only
//! What a function takes of the stack, and what it has on it where it calls another.
//!
//! It is read from the code itself, along its branches: C's too, and without a compiler's help.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::code;
use super::cycles::{self, Group};
use super::module::{Function, Module, Relocation, Section};
use crate::arch::{Code, Flow, Instruction, Stack};

/// The functions of a module, and which calls which.
#[derive(Default)]
pub struct Graph<'d> {
    /// In the order of their places.
    pub functions: Vec<Node<'d>>,
    groups: OnceCell<Vec<Group>>,
}

/// A function.
pub struct Node<'d> {
    /// The number of its section.
    pub section: usize,
    /// Its name and place.
    pub function: Function<'d>,
    /// The most that it has on the stack, without the return address.
    pub most: u64,
    /// The functions that it calls or jumps to, by their places in the graph, and what is on the stack
    /// then: of its own, and the address to return to if there is one more. What is called by a pointer,
    /// by the kernel's functions, or on the way to a panic is not known here.
    pub calls: BTreeMap<usize, u64>,
}

impl<'d> Graph<'d> {
    /// Of all that compilers made.
    pub fn of(module: &Module<'d>, code: &Code) -> Self {
        let mut functions = Vec::new();
        let mut frames = Vec::new();
        let mut places = HashMap::new();
        for section in module.compiled() {
            for function in module.functions(section) {
                let branch = |at| module.static_branch(section.index, at);
                let Frame { most, calls } = frame(code, section, &function, branch);
                places.insert((section.index, function.start), functions.len());
                frames.push(calls);
                functions.push(Node {
                    section: section.index,
                    function,
                    most,
                    calls: BTreeMap::new(),
                });
            }
        }
        let ends: Vec<bool> = functions.iter().map(Node::ends).collect();
        for (node, calls) in functions.iter_mut().zip(frames) {
            for call in calls {
                let to = call.target(module, code, node.section);
                let Some(callee) = to.and_then(|to| places.get(&to)) else {
                    continue;
                };
                if !ends[*callee] {
                    let below = node.calls.entry(*callee).or_insert(0);
                    *below = call.below.max(*below);
                }
            }
        }
        Self {
            functions,
            groups: OnceCell::new(),
        }
    }

    /// All functions in groups; a group stands behind those that it calls.
    pub fn groups(&self) -> &[Group] {
        self.groups.get_or_init(|| cycles::groups(self))
    }
}

impl Node<'_> {
    /// Its name, for people.
    pub fn name(&self) -> String {
        format!("{:#}", rustc_demangle::demangle(self.function.name))
    }

    /// Whether what calls it is over then: it panics.
    pub fn ends(&self) -> bool {
        self.function.name.contains("9panicking") && self.name().starts_with("core::panicking::")
    }
}

/// A function's use of the stack.
#[derive(Debug, Default)]
struct Frame {
    /// The most that it has on it, without the return address.
    most: u64,
    /// Its calls and jumps whose target stands in the instruction.
    calls: Vec<Call>,
}

/// A call or a jump that may leave the function.
#[derive(Debug)]
struct Call {
    /// The offset, in the same section, that stands in the instruction.
    to: u64,
    /// What says more of it.
    relocation: Option<Relocation>,
    /// What is on the stack below the return address of the function, at the callee's start: a call
    /// adds one, a jump in a function's place has taken back what was there.
    below: u64,
}

impl Call {
    /// The section and the offset that it goes to, if it is within the module.
    fn target(&self, module: &Module, code: &Code, section: usize) -> Option<(usize, u64)> {
        let Some(relocation) = &self.relocation else {
            return Some((section, self.to));
        };
        let symbol = module.symbol_of(relocation)?;
        let beyond = code.counted_from(relocation.kind)?;
        let to = symbol
            .address
            .checked_add_signed(relocation.addend + beyond)?;
        Some((symbol.section?, to))
    }
}

/// How far below its caller's the stack pointer is, and was when the frame pointer was set.
#[derive(Clone, Copy, Default)]
struct State {
    depth: i64,
    frame: i64,
}

/// The frame of a function; `static_branch` tells where the kernel has an instruction lead.
fn frame(
    code: &Code,
    section: &Section,
    function: &Function,
    static_branch: impl Fn(u64) -> Option<u64>,
) -> Frame {
    let instructions: HashMap<u64, Instruction> =
        code::between(code, section, function.start, function.end)
            .into_iter()
            .map(|instruction| (instruction.start, instruction))
            .collect();
    let mut frame = Frame::default();
    let mut seen = HashSet::new();
    let mut ways = vec![(function.start, State::default())];
    let mut most = 0;
    while let Some((at, mut state)) = ways.pop() {
        let Some(instruction) = instructions.get(&at) else {
            continue;
        };
        if !seen.insert(at) {
            continue;
        }
        step(instruction.stack, &mut state);
        most = most.max(state.depth);
        let relocation = code::relocation(section, instruction).copied();
        let mut call = |to, more| {
            frame.calls.push(Call {
                to,
                relocation,
                below: u64::try_from(state.depth + more).unwrap_or(0),
            });
        };
        match instruction.flow {
            Flow::Call(to) => call(to, code.return_address),
            Flow::Jump(to) | Flow::Branch(to) => {
                call(to, 0);
                if relocation.is_none() {
                    ways.push((to, state));
                }
            }
            _ => {}
        }
        let branch = static_branch(at);
        ways.extend(branch.map(|to| (to, state)));
        // The kernel may make a jump of it, or of a jump nothing.
        if branch.is_some()
            || !matches!(
                instruction.flow,
                Flow::Jump(_) | Flow::IndirectJump | Flow::Return | Flow::Trap
            )
        {
            ways.push((instruction.end, state));
        }
    }
    frame.most = u64::try_from(most).unwrap_or(0);
    frame
}

/// What an instruction does to the stack pointer.
fn step(stack: Stack, state: &mut State) {
    match stack {
        Stack::Stays => {}
        Stack::Down(by) => state.depth += by,
        Stack::ToFrame(above) => state.frame = state.depth - above,
        Stack::BelowFrame(by) => state.depth = state.frame + by,
    }
}

#[cfg(test)]
mod tests {
    use object::Architecture;

    use super::*;

    /// The most that a function of these bytes has on the stack.
    fn most(bytes: &[u8]) -> u64 {
        most_with(bytes, |_| None)
    }

    /// The same, if it has static branches.
    fn most_with(bytes: &[u8], static_branch: impl Fn(u64) -> Option<u64>) -> u64 {
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
        frame(code, &section, &function, static_branch).most
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

    #[test]
    fn a_static_branch_leads_on_and_away() {
        // nop (5 bytes); ret; away: sub rsp,0x900; add rsp,0x900; ret
        let code =
            b"\x0f\x1f\x44\x00\x00\xc3\x48\x81\xec\x00\x09\x00\x00\x48\x81\xc4\x00\x09\x00\x00\xc3";
        assert_eq!(most(code), 0);
        assert_eq!(most_with(code, |at| (at == 0).then_some(6)), 0x900);
        // jmp to the end; what follows; the end: ret
        let code = b"\xeb\x0e\x48\x81\xec\x00\x09\x00\x00\x48\x81\xc4\x00\x09\x00\x00\xc3";
        assert_eq!(most(code), 0);
        assert_eq!(most_with(code, |at| (at == 0).then_some(16)), 0x900);
    }
}
