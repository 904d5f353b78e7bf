// SPDX-License-Identifier: GPL-2.0-only
//! Functions that call each other as deep as the data wants, which the kernel's stack does not bear.

use anyhow::Result;

use super::{Rule, finding_in, is_known};
use crate::bounded;
use crate::cycles::{self, Group};
use crate::module::Module;
use crate::report::Finding;
use crate::stack::{Graph, Node};
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "recursion",
    help: "the kernel's stack is small, and its overflow is the machine's end: write a loop; for \
           boxes in a row take `kmod_core::alloc::List`, which is dropped in a loop; where the depth \
           has a bound, say it beside the function or type: `bounded_recursion!(NAME, levels = 8, \
           \"why there are no more\")`",
    applies: is_known,
    check,
};

/// So many names are shown.
const SHOWN: usize = 6;

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let graph = module.graph();
    for group in graph.groups() {
        if cycles::turn(graph, group) == 0
            || !is_asked(graph, group)
            || bounded::levels(module, graph, group).is_some()
        {
            continue;
        }
        let way = cycles::way(graph, group);
        let Some(first) = way.first().map(|first| &graph.functions[*first]) else {
            continue;
        };
        let mut names: Vec<String> = way.iter().map(|at| graph.functions[*at].name()).collect();
        if names.len() > SHOWN {
            names.truncate(SHOWN);
            names.push("...".to_owned());
        }
        let message = match names.as_slice() {
            [name] => format!("the function calls itself: {name}"),
            names => format!(
                "the functions call each other in a circle: {} -> {}",
                names.join(" -> "),
                first.name()
            ),
        };
        findings.push(finding_in(module, first, message));
    }
    Ok(())
}

/// C's own recursion is its author's, and so is that within `core` (sorting), which has a bound; but
/// what drops a value is as deep as the value.
fn is_asked(graph: &Graph, group: &Group) -> bool {
    let is_ours = |node: &Node| {
        let name = node.name();
        let is_librarys = name.starts_with("core::") || name.starts_with("<core::");
        node.function.name.starts_with("_R")
            && (!is_librarys || name.starts_with("core::ptr::drop_in_place"))
    };
    group.iter().any(|at| is_ours(&graph.functions[*at]))
}
