// SPDX-License-Identifier: GPL-2.0-only
//! Nothing sleeps where it must not: in what the kernel calls in atomic context, and while a lock is
//! held whose waiters spin.

use anyhow::Result;

use super::{Rule, finding, is_known};
use crate::verify::atomic::{self, Begin, End, Way};
use crate::verify::module::Module;
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "atomic-sleep",
    help: "what sleeps in an atomic context takes the CPU from a task that cannot give it up: the \
           machine hangs, or memory is freed that is in use; a call by a pointer and an allocation by \
           flags that are not known before are vouched for beside the function or type: \
           `never_sleeps!(NAME, \"why it does not\")`",
    applies: is_known,
    check,
};

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let graph = module.graph();
    for way in atomic::ways(module) {
        let first = way
            .functions
            .first()
            .map(|first| graph.functions[*first].section);
        let section = module.sections.iter().find(|one| Some(one.index) == first);
        if let Some(section) = section {
            findings.push(finding(module, section, way.at, message(module, &way)));
        }
    }
    Ok(())
}

/// The chain, in the functions' own names.
fn message(module: &Module, way: &Way) -> String {
    let graph = module.graph();
    let names: Vec<String> = way
        .functions
        .iter()
        .map(|at| graph.functions[*at].name())
        .collect();
    let chain = names.join(" -> ");
    let from = match way.from {
        Begin::Entry(what) => format!("{what} must not sleep"),
        Begin::Locked => {
            "nothing may sleep while a spin lock is held or in an RCU reader".to_owned()
        }
    };
    match &way.end {
        End::Sleeps(name, sleeps) => format!(
            "{from}, and `{name}` {}: {chain} -> {name}; instead: {}",
            sleeps.what, sleeps.instead
        ),
        End::Allocates => format!(
            "{from}, and it cannot be told whether an allocation may, whose flags are not known \
             before: {chain} -> {}",
            atomic::names::ALLOCATES
        ),
        End::Pointer => format!(
            "{from}, and a call by a pointer (`dyn`, `fn`) cannot be followed: {chain} -> ?"
        ),
    }
}
