// SPDX-License-Identifier: GPL-2.0-only
//! The ways from where nothing may sleep to what may, and to locks that wait there for ever: through
//! the module's own functions, C's too.
//!
//! [`names`] says where they begin and end; [`steps`] reads a function.

pub mod names;
mod steps;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::module::Module;
use super::stack::Graph;
use names::{Context, Entry, Locking, Sleeps};
use steps::{Step, To, Walk};

/// The ELF notes of `never_sleeps!` (kmod-core/src/context.rs): each holds a path.
pub const SECTION: &str = ".note.kmod.never_sleeps";

/// A way.
pub struct Way {
    /// Where it begins.
    pub from: Begin,
    /// The functions on it, by their places in the graph; the first is where it begins.
    pub functions: Vec<usize>,
    /// Where its first call is, in the section of the first function.
    pub at: u64,
    /// What is at its end.
    pub end: End,
}

/// Why nothing may sleep.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// The kernel calls it so.
    Entry(&'static Entry),
    /// A lock is held, which is for these.
    Locked(Context),
}

impl Begin {
    /// Whom is waited for there, if it waits for a lock.
    fn context(self) -> Context {
        match self {
            Self::Entry(entry) => entry.context,
            Self::Locked(context) => context,
        }
    }
}

/// What a way comes to.
pub enum End {
    /// A function that may sleep.
    Sleeps(String, &'static Sleeps),
    /// A function that takes a lock which somebody may hold who was interrupted by who waits for it;
    /// whom it would have to be for.
    Hangs(String, Context),
    /// A function that the kernel may be in the middle of.
    Busy(String),
    /// A function that prints.
    Prints(String),
    /// An allocation of which it cannot be told.
    Allocates,
    /// A call that cannot be followed.
    Pointer,
}

/// All ways: of those from one function to one end, one of the shortest.
pub fn ways(module: &Module) -> Vec<Way> {
    let graph = module.graph();
    let walk = Walk::new(module);
    let steps: Vec<Vec<Step>> = (0..graph.functions.len())
        .map(|at| walk.steps(at))
        .collect();
    let entries = entries(module);
    let mut search = Search {
        module,
        walk: &walk,
        steps: &steps,
        vouched: super::bounded::texts(module, SECTION).collect(),
        named: BTreeSet::new(),
        ways: Vec::new(),
    };
    for (function, entry) in entries {
        let mut ends = BTreeSet::new();
        let begin = Begin::Entry(entry);
        search.from(begin, function, &steps[function], &mut ends);
    }
    for (function, all) in steps.iter().enumerate() {
        // What C does with its locks is its author's.
        if !is_rust(graph, function) {
            continue;
        }
        let mut contexts: Vec<Context> = all.iter().filter_map(|step| step.held).collect();
        contexts.sort_unstable();
        contexts.dedup();
        let mut ends = BTreeSet::new();
        for context in contexts.into_iter().rev() {
            let held = all.iter().filter(|step| step.held == Some(context));
            let held: Vec<Step> = held.copied().collect();
            search.from(Begin::Locked(context), function, &held, &mut ends);
        }
    }
    search.ways
}

/// The functions that the kernel calls where nothing may sleep. Of functions that are the same the
/// compiler makes one with several names.
fn entries(module: &Module) -> BTreeMap<usize, &'static Entry> {
    let functions = &module.graph().functions;
    let mut found = BTreeMap::new();
    for symbol in module.symbols.values().filter(|symbol| symbol.is_function) {
        let name = format!("{:#}", rustc_demangle::demangle(symbol.name));
        let Some(entry) = names::entry(&name) else {
            continue;
        };
        let function = functions.iter().position(|node| {
            Some(node.section) == symbol.section && node.function.start == symbol.address
        });
        found.extend(function.map(|function| (function, entry)));
    }
    found
}

struct Search<'s, 'm, 'd> {
    module: &'m Module<'d>,
    walk: &'s Walk<'m, 'd>,
    steps: &'s [Vec<Step<'d>>],
    vouched: Vec<String>,
    /// The functions whose calls by a pointer have been named.
    named: BTreeSet<usize>,
    ways: Vec<Way>,
}

impl<'d> Search<'_, '_, 'd> {
    /// Goes on from a function by some of its steps, to other ends than those that are known.
    fn from(
        &mut self,
        from: Begin,
        start: usize,
        steps: &[Step<'d>],
        ends: &mut BTreeSet<&'d str>,
    ) {
        let mut before: BTreeMap<usize, usize> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut to_see = VecDeque::new();
        // The first call of each way is one of these.
        for step in steps {
            self.step(from, &[start], step.at, step, ends);
            if let To::Function(callee) = step.to
                && self.goes_into(callee)
                && seen.insert(callee)
            {
                to_see.push_back((callee, step.at));
            }
        }
        while let Some((function, at)) = to_see.pop_front() {
            let mut functions = vec![function];
            while let Some(caller) = functions.last().and_then(|last| before.get(last)) {
                functions.push(*caller);
            }
            functions.push(start);
            functions.reverse();
            let all = self.steps;
            for step in &all[function] {
                self.step(from, &functions, at, step, ends);
                if let To::Function(callee) = step.to
                    && self.goes_into(callee)
                    && seen.insert(callee)
                {
                    before.insert(callee, function);
                    to_see.push_back((callee, at));
                }
            }
        }
    }

    /// Whether what a function does is to be seen: not what is known by its name, nor how a panic
    /// ends, nor what runs later.
    fn goes_into(&self, callee: usize) -> bool {
        let node = &self.module.graph().functions[callee];
        let name = node.function.name;
        !node.ends()
            && !names::ENDS.contains(&name)
            && names::locking(name).is_none()
            && names::sleeps(name).is_none()
            && !names::prints(name)
            && name != names::ALLOCATES
            && !names::DEFERS.contains(&name)
            && !names::is_later(&node.name())
    }

    /// Looks whether a step is the end of a way.
    fn step(
        &mut self,
        from: Begin,
        functions: &[usize],
        at: u64,
        step: &Step<'d>,
        ends: &mut BTreeSet<&'d str>,
    ) {
        let Some(last) = functions.last().copied() else {
            return;
        };
        let end = match self.walk.symbol(step.to) {
            None => {
                if !self.is_asked(last) || self.is_vouched(&[last]) || !self.named.insert(last) {
                    return;
                }
                End::Pointer
            }
            Some(name) if from.context() >= Context::Anywhere && names::is_busy(name) => {
                match ends.insert(name) {
                    true => End::Busy(name.to_owned()),
                    false => return,
                }
            }
            Some(name) if from.context() == Context::Within && names::prints(name) => {
                match ends.insert(name) {
                    true => End::Prints(name.to_owned()),
                    false => return,
                }
            }
            Some(name) if name == names::ALLOCATES => {
                let may_sleep = step.third.map(|flags| flags & names::MAY_SLEEP != 0);
                let sleeps = names::sleeps(names::ALLOCATORS[0]);
                match (may_sleep, sleeps) {
                    (Some(true), Some(sleeps)) if ends.insert(name) => {
                        End::Sleeps(name.to_owned(), sleeps)
                    }
                    (None, _) if !self.is_vouched(functions) && ends.insert(name) => End::Allocates,
                    _ => return,
                }
            }
            Some(name) if self.hangs(from, last, name) => match ends.insert(name) {
                true => End::Hangs(name.to_owned(), from.context()),
                false => return,
            },
            Some(name) => match names::sleeps(name) {
                Some(_) if self.by_flags(name, last) => return,
                Some(sleeps) if ends.insert(name) => End::Sleeps(name.to_owned(), sleeps),
                _ => return,
            },
        };
        self.ways.push(Way {
            from,
            functions: functions.to_vec(),
            at,
            end,
        });
    }

    /// Whether a function takes a lock there that may be held by who was interrupted. How C takes its
    /// locks is its author's.
    fn hangs(&self, from: Begin, function: usize, name: &str) -> bool {
        let Some(Locking::Takes(context)) = names::locking(name) else {
            return false;
        };
        context != Context::Reader
            && context < from.context()
            && is_rust(self.module.graph(), function)
    }

    /// Whether an allocator is called by flags that the function gets, which another call of it tells.
    fn by_flags(&self, allocator: &str, function: usize) -> bool {
        let is_unknown = |step: &Step<'d>| {
            step.third.is_none() && self.walk.symbol(step.to) == Some(names::ALLOCATES)
        };
        names::ALLOCATORS
            .iter()
            .any(|with| allocator.starts_with(with))
            && self.steps[function].iter().any(is_unknown)
    }

    /// Whether its calls by pointers are the module's own: what `core` and `kmod-core` do for
    /// themselves is known, and a formatter writes to where it was made for.
    fn is_asked(&self, function: usize) -> bool {
        let node = &self.module.graph().functions[function];
        let name = node.name();
        is_rust(self.module.graph(), function)
            && !name.contains(" as core::fmt::")
            && roots(&name).any(|root| !["core", "kmod_core"].contains(&root))
    }

    /// Whether `never_sleeps!` names one of the functions.
    fn is_vouched(&self, functions: &[usize]) -> bool {
        let graph = self.module.graph();
        functions.iter().any(|at| {
            let name = graph.functions[*at].name();
            self.vouched
                .iter()
                .any(|path| super::bounded::holds(&name, path))
        })
    }
}

fn is_rust(graph: &Graph, function: usize) -> bool {
    graph.functions[function].function.name.starts_with("_R")
}

/// The crates that are in a function's name.
fn roots(name: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    name.match_indices("::").filter_map(move |(end, _)| {
        let before = &name[..end];
        let start = before.trim_end_matches(is_part).len();
        let is_root = start < end && !before[..start].ends_with("::");
        is_root.then(|| &before[start..])
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_crates_of_a_name() {
        let of = |name| roots(name).collect::<Vec<_>>();
        assert_eq!(of("core::fmt::write"), ["core"]);
        assert_eq!(
            of("<a::B<c::D> as core::fmt::Debug>::fmt::{closure#0}"),
            ["a", "c", "core"]
        );
        assert_eq!(
            of("kmod_core::timer::expired::<m::Tick, m::_::F>"),
            ["kmod_core", "m", "m"]
        );
    }

    #[test]
    fn entries_are_functions_of_kmod_core() {
        let entries = names::ENTRIES.iter().map(|entry| entry.path);
        for path in entries.chain(names::LATER.iter().copied()) {
            let parts: Vec<&str> = path.split("::").collect();
            let [_, modules @ .., function] = parts.as_slice() else {
                panic!("{path}");
            };
            let source = |modules: &[&str]| {
                let core = concat!(env!("CARGO_MANIFEST_DIR"), "/../../kmod-core/src");
                let path = format!("{core}/{}", modules.join("/"));
                let files = [format!("{path}.rs"), format!("{path}/mod.rs")];
                files.iter().find_map(|file| fs::read_to_string(file).ok())
            };
            // A module may stand in the file of the one that it is in.
            let (text, within) = (0..=modules.len())
                .rev()
                .find_map(|whole| Some((source(&modules[..whole])?, &modules[whole..])))
                .unwrap();
            assert!(within.iter().all(|module| text.contains(module)), "{path}");
            assert!(
                text.contains(&format!("extern \"C\" fn {function}<")),
                "{path}"
            );
        }
    }
}
