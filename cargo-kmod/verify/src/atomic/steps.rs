// SPDX-License-Identifier: GPL-2.0-only
//! What a function calls, and what locks it holds there.
//!
//! A lock is taken and given back in one function: `kmod-core` has it held by closures only, and
//! these become a part of, or are called by, the function that takes it.

use std::collections::{BTreeSet, HashMap};

use super::names::{self, Context, Locking};
use crate::arch::{Argument, Flow, Instruction};
use crate::code;
use crate::module::{Module, Relocation, Section, Symbol};
use crate::stack::Graph;

/// Locks held in each other are counted up to here.
const DEEP: usize = 8;

/// The locks that are held at an instruction: whom they are for, in the order in which they were
/// taken.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Held {
    locks: [Context; DEEP],
    count: usize,
}

impl Held {
    fn after(mut self, locking: Locking) -> Self {
        match locking {
            Locking::Takes(context) if self.count < DEEP => {
                self.locks[self.count] = context;
                self.count += 1;
            }
            Locking::Takes(_) => {}
            Locking::GivesBack => {
                self.count = self.count.saturating_sub(1);
                self.locks[self.count] = Context::default();
            }
        }
        self
    }

    /// The most that may be held where two ways meet.
    fn or(self, other: Self) -> Self {
        let mut both = self;
        both.count = both.count.max(other.count);
        for (lock, other) in both.locks.iter_mut().zip(other.locks) {
            *lock = (*lock).max(other);
        }
        both
    }

    /// Whom the locks are for, if any is held.
    fn context(&self) -> Option<Context> {
        self.locks[..self.count].iter().copied().max()
    }
}

/// A call, a jump out of the function, or an address that is taken.
#[derive(Clone, Copy)]
pub struct Step<'d> {
    /// Where in the section.
    pub at: u64,
    /// What is gone to, or may be later.
    pub to: To<'d>,
    /// Whom the locks are for that are held there, if any is.
    pub held: Option<Context>,
    /// The third argument, if the instructions right before it say what it is.
    pub third: Option<u64>,
}

/// Where a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<'d> {
    /// A function of the module, by its place in the graph.
    Function(usize),
    /// A function of the kernel's.
    Kernel(&'d str),
    /// Where a register or memory says.
    Pointer,
}

/// Looks at functions.
pub struct Walk<'m, 'd> {
    module: &'m Module<'d>,
    graph: &'m Graph<'d>,
    places: HashMap<(usize, u64), usize>,
    /// Where the constants of each section begin.
    constants: HashMap<usize, BTreeSet<u64>>,
    /// Of each function, whether it may come back to what calls it.
    returns: Vec<bool>,
}

impl<'m, 'd> Walk<'m, 'd> {
    pub fn new(module: &'m Module<'d>) -> Self {
        let graph = module.graph();
        let functions = graph.functions.iter().enumerate();
        let places = functions
            .map(|(at, node)| ((node.section, node.function.start), at))
            .collect();
        let mut constants: HashMap<usize, BTreeSet<u64>> = HashMap::new();
        for section in &module.sections {
            for relocation in &section.relocations {
                let Some(symbol) = module.symbol_of(relocation) else {
                    continue;
                };
                let beyond = module
                    .code
                    .and_then(|code| code.counted_from(relocation.kind));
                let addend = relocation.addend + beyond.unwrap_or(0);
                if let Some((index, at)) = address(symbol, addend) {
                    constants.entry(index).or_default().insert(at);
                }
            }
        }
        let returns = graph.functions.iter().map(|node| !node.ends()).collect();
        let mut walk = Self {
            module,
            graph,
            places,
            constants,
            returns,
        };
        walk.find_what_returns();
        walk
    }

    /// Of functions that do not return, those that call them on each of their ways do not either.
    fn find_what_returns(&mut self) {
        loop {
            let ending: Vec<usize> = (0..self.returns.len())
                .filter(|function| self.returns[*function] && !self.may_return(*function))
                .collect();
            if ending.is_empty() {
                return;
            }
            for function in ending {
                self.returns[function] = false;
            }
        }
    }

    /// Whether a way leads from a function's start to its caller; if in doubt, it does.
    fn may_return(&self, function: usize) -> bool {
        let (Some(code), Some(section)) = (self.module.code, self.section(function)) else {
            return true;
        };
        let around = &self.graph.functions[function].function;
        let instructions = code::between(code, section, around.start, around.end);
        let at = |place| {
            let found = instructions.binary_search_by_key(&place, |one: &Instruction| one.start);
            found.ok()
        };
        let mut seen = vec![false; instructions.len()];
        let mut ways = vec![around.start];
        while let Some(place) = ways.pop() {
            let Some(number) = at(place) else {
                return true;
            };
            if std::mem::replace(&mut seen[number], true) {
                continue;
            }
            let instruction = &instructions[number];
            match instruction.flow {
                Flow::Return | Flow::IndirectJump => return true,
                Flow::Jump(to) | Flow::Branch(to) => match self.branch(section, instruction) {
                    Some(To::Function(callee)) if callee == function => ways.push(to),
                    Some(To::Function(callee)) if !self.returns[callee] => {}
                    Some(To::Kernel(name)) if names::ENDS.contains(&name) => {}
                    None if code::relocation(section, instruction).is_none() => ways.push(to),
                    _ => return true,
                },
                _ => {}
            }
            let branch = self.module.static_branch(section.index, place);
            ways.extend(branch);
            if branch.is_some() || self.after(section, instruction, Held::default()).1 {
                ways.push(instruction.end);
            }
        }
        false
    }

    /// The section of a function.
    pub fn section(&self, function: usize) -> Option<&'m Section<'d>> {
        let wanted = self.graph.functions[function].section;
        self.module.sections.iter().find(|one| one.index == wanted)
    }

    /// All steps of a function.
    pub fn steps(&self, function: usize) -> Vec<Step<'d>> {
        let (Some(code), Some(section)) = (self.module.code, self.section(function)) else {
            return Vec::new();
        };
        let around = &self.graph.functions[function].function;
        let instructions: Vec<Instruction> = code::between(code, section, around.start, around.end);
        let numbers: HashMap<u64, usize> = instructions
            .iter()
            .enumerate()
            .map(|(number, instruction)| (instruction.start, number))
            .collect();
        let mut held: Vec<Option<Held>> = vec![None; instructions.len()];
        let mut ways = vec![(around.start, Held::default())];
        let mut jumps_anywhere: Option<Held> = None;
        loop {
            while let Some((at, before)) = ways.pop() {
                let Some(&number) = numbers.get(&at) else {
                    continue;
                };
                let before = held[number].map_or(before, |known| known.or(before));
                if held[number] == Some(before) {
                    continue;
                }
                held[number] = Some(before);
                let instruction = &instructions[number];
                let (after, goes_on) = self.after(section, instruction, before);
                if let Flow::Jump(to) | Flow::Branch(to) = instruction.flow
                    && code::relocation(section, instruction).is_none()
                {
                    ways.push((to, after));
                }
                if instruction.flow == Flow::IndirectJump {
                    jumps_anywhere = jumps_anywhere
                        .map(|known| known.or(before))
                        .or(Some(before));
                }
                // The kernel may make a jump of it, or of a jump nothing.
                let branch = self.module.static_branch(section.index, at);
                ways.extend(branch.map(|to| (to, after)));
                if branch.is_some() || goes_on {
                    ways.push((instruction.end, after));
                }
            }
            // The places that a table of jumps leads to are those that nothing else does.
            let unseen = held.iter().position(Option::is_none);
            let (Some(before), Some(number)) = (jumps_anywhere, unseen) else {
                break;
            };
            ways.push((instructions[number].start, before));
        }
        let mut steps = Vec::new();
        let mut third = None;
        for (instruction, held) in instructions.iter().zip(held) {
            match instruction.third {
                Argument::Stays => {}
                Argument::Is(number) => third = Some(number),
                Argument::Unknown => third = None,
            }
            let known = third;
            if instruction.flow != Flow::Next {
                third = None;
            }
            let Some(held) = held else { continue };
            for to in self.goes(section, instruction) {
                // What is within the function is no step.
                let at = instruction.start;
                if to != To::Function(function) || !matches!(instruction.flow, Flow::Branch(_)) {
                    steps.push(Step {
                        at,
                        to,
                        held: held.context(),
                        third: known,
                    });
                }
            }
        }
        steps
    }

    /// The locks that are held after an instruction, and whether the next one follows.
    fn after(&self, section: &Section, instruction: &Instruction, held: Held) -> (Held, bool) {
        if matches!(
            instruction.flow,
            Flow::Jump(_) | Flow::IndirectJump | Flow::Return | Flow::Trap
        ) {
            return (held, false);
        }
        if instruction.flow == Flow::IndirectCall && self.is_replaced(section, instruction) {
            // Of the helpers that are nothing but such a call there is one: `kmod_spin_unlock`, on
            // kernels whose `spin_unlock()` is inline and a hypervisor's.
            return (held.after(Locking::GivesBack), true);
        }
        let Flow::Call(_) = instruction.flow else {
            return (held, true);
        };
        let to = self.branch(section, instruction);
        if let Some(To::Function(callee)) = to
            && !self.returns[callee]
        {
            return (held, false);
        }
        let Some(name) = to.and_then(|to| self.symbol(to)) else {
            return (held, true);
        };
        if names::ENDS.contains(&name) {
            return (held, false);
        }
        let after = names::locking(name).map_or(held, |locking| held.after(locking));
        (after, true)
    }

    /// The symbol of what a step goes to.
    pub fn symbol(&self, to: To<'d>) -> Option<&'d str> {
        match to {
            To::Function(function) => Some(self.graph.functions[function].function.name),
            To::Kernel(name) => Some(name),
            To::Pointer => None,
        }
    }

    /// Where an instruction goes, or what it takes the address of.
    fn goes(&self, section: &Section, instruction: &Instruction) -> Vec<To<'d>> {
        match instruction.flow {
            Flow::Call(_) | Flow::Jump(_) | Flow::Branch(_) => {
                self.branch(section, instruction).into_iter().collect()
            }
            Flow::IndirectCall | Flow::IndirectJump => {
                // A table of jumps is within the function.
                let is_table = instruction.flow == Flow::IndirectJump
                    && code::relocation(section, instruction).is_some();
                match is_table || self.is_replaced(section, instruction) {
                    true => Vec::new(),
                    false => vec![To::Pointer],
                }
            }
            _ => {
                let mut found = Vec::new();
                let relocation = code::relocation(section, instruction);
                let symbol = relocation.and_then(|one| Some((one, self.module.symbol_of(one)?)));
                if let Some((relocation, symbol)) = symbol {
                    let addend = relocation.addend + self.beyond(relocation, instruction);
                    if let Some(place) = address(symbol, addend) {
                        self.taken(place, &mut BTreeSet::new(), &mut found);
                    }
                }
                found
            }
        }
    }

    /// Whether an indirect call is one that the kernel replaces, in its own code's place.
    fn is_replaced(&self, section: &Section, instruction: &Instruction) -> bool {
        let detour = self.module.code.and_then(|code| code.branches.as_ref());
        let by = code::relocation(section, instruction)
            .and_then(|relocation| self.module.symbol_of(relocation));
        by.zip(detour).is_some_and(|(by, detour)| {
            let mut replaced = detour.replaced.iter();
            replaced.any(|with| by.name.starts_with(with))
        })
    }

    /// The target of a direct call or jump; nothing if it is within the function, or a return.
    fn branch(&self, section: &Section, instruction: &Instruction) -> Option<To<'d>> {
        let (Flow::Call(to) | Flow::Jump(to) | Flow::Branch(to)) = instruction.flow else {
            return None;
        };
        let Some(relocation) = code::relocation(section, instruction) else {
            let callee = self.places.get(&(section.index, to));
            return callee.map(|callee| To::Function(*callee));
        };
        let symbol = self.module.symbol_of(relocation)?;
        let addend = relocation.addend + self.beyond(relocation, instruction);
        if let Some(place) = address(symbol, addend) {
            return self.places.get(&place).map(|callee| To::Function(*callee));
        }
        let code = self.module.code?;
        if let Some(returns) = &code.returns
            && symbol.name == returns.symbol
        {
            return None;
        }
        let thunk = code
            .branches
            .as_ref()
            .map(|one| one.symbol.trim_end_matches('*'));
        if thunk.is_some_and(|thunk| symbol.name.starts_with(thunk)) {
            return Some(To::Pointer);
        }
        Some(To::Kernel(symbol.name))
    }

    /// What counts from the instruction's end does so from behind its place.
    fn beyond(&self, relocation: &Relocation, of: &Instruction) -> i64 {
        let counted = self
            .module
            .code
            .and_then(|code| code.counted_from(relocation.kind));
        counted.map_or(0, |_| (of.end - relocation.offset).cast_signed())
    }

    /// The functions whose addresses are at a place: itself, or in the constant there and in those
    /// that it names: the table of a `dyn`, the arguments of a line to be formatted.
    fn taken(&self, place: (usize, u64), seen: &mut BTreeSet<(usize, u64)>, to: &mut Vec<To<'d>>) {
        if !seen.insert(place) {
            return;
        }
        if let Some(function) = self.places.get(&place) {
            to.push(To::Function(*function));
            return;
        }
        let mut sections = self.module.sections.iter();
        let Some(section) = sections.find(|section| section.index == place.0) else {
            return;
        };
        if !section.is_loaded() || section.is_writable() || section.is_executable() {
            return;
        }
        let starts = self.constants.get(&section.index);
        let next = starts.and_then(|starts| starts.range(place.1 + 1..).next());
        let end = next.copied().unwrap_or(section.size);
        let first = section
            .relocations
            .partition_point(|one| one.offset < place.1);
        for relocation in &section.relocations[first..] {
            if relocation.offset >= end {
                break;
            }
            let symbol = self.module.symbol_of(relocation);
            if let Some(place) = symbol.and_then(|symbol| address(symbol, relocation.addend)) {
                self.taken(place, seen, to);
            }
        }
    }
}

/// The section and the offset of a symbol, if it is the module's.
fn address(symbol: &Symbol, addend: i64) -> Option<(usize, u64)> {
    Some((symbol.section?, symbol.address.checked_add_signed(addend)?))
}
