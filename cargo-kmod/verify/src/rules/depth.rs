// SPDX-License-Identifier: GPL-2.0-only
//! No chain of calls takes more than half of the kernel's stack.

use std::collections::BTreeSet;

use anyhow::Result;

use super::{Rule, finding_in, is_known};
use crate::bounded;
use crate::cycles;
use crate::module::Module;
use crate::report::Finding;
use crate::stack::Graph;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "stack-depth",
    help: "the rest of the stack is for the kernel, above and below the module: put big values into \
           a KBox, and fill them there instead of returning them",
    applies: is_known,
    check,
};

/// What is under a function on the stack.
#[derive(Clone, Copy, Default)]
struct Below {
    /// The most, the function's own included.
    bytes: u64,
    /// The function that it calls then.
    next: Option<usize>,
}

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some(code) = module.code else {
        return Ok(());
    };
    let limit = code.stack * target.stacks() / 2;
    let graph = module.graph();
    let below = below(module, graph);
    let called = called(graph);
    for (at, node) in graph.functions.iter().enumerate() {
        // What is told of a function is not told of those that it calls.
        if below[at].bytes <= limit || called.contains(&at) {
            continue;
        }
        let mut names = vec![told(graph, at)];
        let mut last = at;
        while let Some(next) = below[last].next {
            names.push(told(graph, next));
            last = next;
        }
        let message = format!(
            "a chain of calls takes {} bytes of stack, of which a module gets {limit}: {}",
            below[at].bytes,
            names.join(" -> ")
        );
        findings.push(finding_in(module, node, message));
    }
    Ok(())
}

/// The functions that others call which they do not call themselves.
fn called(graph: &Graph) -> BTreeSet<usize> {
    let mut called = BTreeSet::new();
    for group in graph.groups() {
        let calls = group
            .iter()
            .flat_map(|at| graph.functions[*at].calls.keys());
        called.extend(calls.filter(|callee| !group.contains(callee)).copied());
    }
    called
}

/// What the deepest chain of calls takes from each function on that no other of the module calls, the
/// most first.
pub fn entries(module: &Module) -> Vec<(String, u64)> {
    let graph = module.graph();
    let (below, called) = (below(module, graph), called(graph));
    let entries = graph.functions.iter().enumerate();
    let mut entries: Vec<_> = entries
        .filter(|(at, node)| !called.contains(at) && !node.ends())
        .map(|(at, node)| (node.name(), below[at].bytes))
        .collect();
    entries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    entries
}

/// A function and its own part.
fn told(graph: &Graph, at: usize) -> String {
    let node = &graph.functions[at];
    format!("{} ({})", node.name(), node.most)
}

/// What is below each function, those that it calls first.
fn below(module: &Module, graph: &Graph) -> Vec<Below> {
    let mut below = vec![Below::default(); graph.functions.len()];
    for group in graph.groups() {
        // A circle is gone round as often as its author says; its last turn is a chain.
        let levels = bounded::levels(module, graph, group).unwrap_or(1);
        let turns = cycles::turn(graph, group).saturating_mul(levels.saturating_sub(1));
        let mut chains = Vec::new();
        for at in group {
            let node = &graph.functions[*at];
            let mut most = Below {
                bytes: node.most,
                next: None,
            };
            for (callee, own) in &node.calls {
                let bytes = own.saturating_add(below[*callee].bytes);
                if !group.contains(callee) && bytes > most.bytes {
                    most = Below {
                        bytes,
                        next: Some(*callee),
                    };
                }
            }
            chains.push((*at, most));
        }
        let turn = if group.len() > 1 {
            cycles::turn(graph, group)
        } else {
            0
        };
        let deepest = chains.iter().map(|(_, chain)| chain.bytes).max();
        for (at, chain) in chains {
            let bytes = match group.len() {
                1 => chain.bytes,
                _ => turn.saturating_add(deepest.unwrap_or(0)),
            };
            below[at] = Below {
                bytes: bytes.saturating_add(turns),
                next: chain.next,
            };
        }
    }
    below
}
