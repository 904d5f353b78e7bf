// SPDX-License-Identifier: GPL-2.0-only
//! What has to be known of an architecture's code to look at a module: a record each, in a file of
//! the name that `kmod_build::arch` has the rest under.
//!
//! Rules are the same for all; what a record leaves out, they do not ask for.

mod arm64;
mod riscv64;
mod x86_64;

use object::Architecture;

/// The architectures whose code can be looked at.
static ARCHES: &[&Code] = &[&x86_64::CODE, &arm64::CODE, &riscv64::CODE];

/// An architecture's code.
#[derive(Debug)]
pub struct Code {
    /// The architecture's name, as in `kmod_build::arch`.
    pub name: &'static str,
    /// How object files name it.
    pub machine: Architecture,
    /// Takes bytes apart that are at an offset of their section.
    pub decode: fn(&[u8], u64) -> Vec<Instruction>,
    /// What the least stack has that a task gets in the kernel (`THREAD_SIZE`), in bytes.
    pub stack: u64,
    /// What a call puts on it.
    pub return_address: i64,
    /// The relocations that the module loader knows (`apply_relocate_add`).
    pub relocations: &'static [u32],
    /// What the file's header must say.
    pub flags: &'static [Flag],
    /// Sections that the kernel's linker script makes, and that would else be left over.
    pub made: &'static [&'static str],
    /// What an unknown one is for, to be said behind its number.
    pub purpose: fn(u32) -> &'static str,
    /// The relocations that count from where their instruction ends, which is mostly so many bytes
    /// behind their place.
    pub from_end: &'static [(u32, i64)],
    /// What a module says of itself, and when it has to.
    pub says: &'static [(&'static str, Options)],
    /// Where returns go, on kernels that have no bare ones.
    pub returns: Option<Detour>,
    /// Where indirect calls and jumps go, on kernels that have no bare ones.
    pub branches: Option<Detour>,
    /// When a return and an indirect jump are followed by an instruction that stops.
    pub stops: Option<Stop>,
    /// How a function begins that may be called by a pointer.
    pub landing: Option<Landing>,
    /// When the kernel signs return addresses before it puts them on the stack.
    pub signs_returns: Options,
    /// The lists from which the kernel patches the code.
    pub sites: &'static [Sites],
    /// The processor that the kernel is made for.
    pub baseline: Baseline,
}

/// Names of a configuration option, of which one is set; kernels have renamed some.
pub type Options = &'static [&'static str];

/// Bits of `e_flags`.
#[derive(Debug)]
pub struct Flag {
    /// The bits.
    pub mask: u32,
    /// What they are.
    pub is: u32,
    /// When they may be something else.
    pub unless: Options,
    /// What they say if they are something else.
    pub says: &'static str,
}

/// What the kernel does instead of a branch whose target the processor guesses.
#[derive(Debug)]
pub struct Detour {
    /// When it does so.
    pub options: Options,
    /// Where the branch goes instead, for messages.
    pub symbol: &'static str,
    /// How the names begin of what a branch may go through all the same: the kernel replaces it.
    pub replaced: &'static [&'static str],
}

/// An instruction that stops whoever runs on past a branch.
#[derive(Debug)]
pub struct Stop {
    /// When it stands there.
    pub options: Options,
    /// Its name.
    pub name: &'static str,
}

/// Where an indirect branch may land.
#[derive(Debug)]
pub struct Landing {
    /// When nowhere else.
    pub options: Options,
    /// The instruction's name.
    pub name: &'static str,
    /// Its bytes, and those of others that do as well.
    pub bytes: &'static [&'static [u8]],
    /// Sections, by the beginnings of their names, that name places in the code and not functions
    /// to be called.
    pub no_calls: &'static [&'static str],
}

/// The oldest processor that a kernel runs on, unless it is made for a newer one.
#[derive(Debug)]
pub struct Baseline {
    /// When the kernel is made for whatever processor has built it.
    pub unknown: Options,
    /// Features that it has more, and when.
    pub more: &'static [(&'static str, Options)],
    /// Features that inline functions of the kernel's ask the processor for before they use them, and
    /// when: C has them.
    pub asked: &'static [(&'static str, Options)],
}

/// A list of places in the code, each a relocation.
#[derive(Debug)]
pub struct Sites {
    /// Its section.
    pub section: &'static str,
    /// When there is one.
    pub options: Options,
    /// A header of the kernel, and what tells in it that this kernel reads the list.
    pub reader: (&'static str, &'static str),
    /// How the name of a function begins whose callers stand in it.
    pub callee: Callee,
}

/// Functions, by the beginnings of their names.
#[derive(Debug)]
pub enum Callee {
    /// Those, where they are called or jumped to.
    Begins(&'static str),
    /// All but those, where they are called.
    AllBut(&'static [&'static str]),
}

/// One instruction, as far as the rules ask.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// Where it is in its section.
    pub start: u64,
    /// Where the next one is.
    pub end: u64,
    /// What runs after it.
    pub flow: Flow,
    /// What it does to the stack pointer.
    pub stack: Stack,
    /// What it does to the third argument of the next call.
    pub third: Argument,
    /// Whether it is one of these.
    pub kind: Kind,
}

/// What runs after an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The next one.
    Next,
    /// A function that is at this offset, or where a relocation says.
    Call(u64),
    /// What is at this offset, or where a relocation says.
    Jump(u64),
    /// That, or the next one.
    Branch(u64),
    /// A function whose address is in a register or in memory.
    IndirectCall,
    /// What is where a register or memory says.
    IndirectJump,
    /// The caller.
    Return,
    /// Nothing: the processor traps.
    Trap,
}

/// What an instruction does to the stack pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// Nothing that lasts.
    Stays,
    /// It goes down by so many bytes.
    Down(i64),
    /// The frame pointer is set to so many bytes above it.
    ToFrame(i64),
    /// It is set to so many bytes below the frame pointer.
    BelowFrame(i64),
}

/// What an instruction does to the register of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    Stays,
    /// It is this number.
    Is(u64),
    /// It is something else.
    Unknown,
}

/// Instructions that a rule looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It does nothing.
    Nop,
    /// It stops whoever comes here by mistake.
    Stop,
    /// It signs the return address.
    SignsReturn,
    /// It puts the return address on the stack.
    SavesReturn,
    /// It uses the registers for floating point or vectors; its name.
    Float(String),
    /// The oldest processor does not have it.
    Newer {
        /// Its name.
        name: String,
        /// The processor's feature that has it.
        feature: String,
    },
    /// None of them.
    Other,
}

impl Code {
    /// The record of what an object file says that it is for.
    pub fn of(machine: Architecture) -> Option<&'static Self> {
        ARCHES.iter().copied().find(|code| code.machine == machine)
    }

    /// How far behind its place such a relocation counts from, if it is one of
    /// [`from_end`](Self::from_end).
    pub fn counted_from(&self, relocation: u32) -> Option<i64> {
        let mut counted = self.from_end.iter();
        counted
            .find(|(kind, _)| *kind == relocation)
            .map(|(_, bytes)| *bytes)
    }
}

impl Instruction {
    /// Whether it is a call, jump or conditional jump to an address that stands in the instruction.
    pub fn is_direct_branch(&self) -> bool {
        matches!(self.flow, Flow::Call(_) | Flow::Jump(_) | Flow::Branch(_))
    }

    /// Whether it calls or jumps to where a register or memory says.
    pub fn is_indirect_branch(&self) -> bool {
        matches!(self.flow, Flow::IndirectCall | Flow::IndirectJump)
    }
}

impl Callee {
    /// Whether a call, or else a jump, of `name` stands in the list.
    pub fn has(&self, name: &str, is_call: bool) -> bool {
        match self {
            Self::Begins(with) => name.starts_with(with),
            Self::AllBut(others) => is_call && !others.iter().any(|with| name.starts_with(with)),
        }
    }
}
