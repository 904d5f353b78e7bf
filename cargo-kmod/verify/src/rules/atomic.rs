// SPDX-License-Identifier: GPL-2.0-only
//! Nothing sleeps where it must not: in what the kernel calls in atomic context, and while a lock is
//! held whose waiters spin; and nobody waits there for a lock of those whom they have interrupted.

use super::{Rule, finding, is_known};
use crate::atomic::names::Context;
use crate::atomic::{self, Begin, End, Way};
use crate::module::Module;
use crate::report::Finding;

pub const SLEEP: Rule = Rule {
    name: "atomic-sleep",
    help: "what sleeps in an atomic context takes the CPU from a task that cannot give it up: the \
           machine hangs, or memory is freed that is in use; a call by a pointer and an allocation by \
           flags that are not known before are vouched for beside the function or type: \
           `never_sleeps!(NAME, \"why it does not\")`",
    applies: is_known,
    check: |module, _, findings| {
        tell(module, findings, |end| !is_of_locks(end));
        Ok(())
    },
};

pub const LOCK: Rule = Rule {
    name: "atomic-lock",
    help: "who waits for a lock while its holder waits for them waits for ever, and so does the CPU: a \
           value that timers use, too, is in a `SpinLockBh`, one that interrupts use in a `SpinLockIrq`, \
           and what is taken with one of these held is of the same kind",
    applies: is_known,
    check: |module, _, findings| {
        tell(module, findings, is_of_locks);
        Ok(())
    },
};

/// Whether what is at a way's end waits for ever.
fn is_of_locks(end: &End) -> bool {
    matches!(end, End::Hangs(..) | End::Busy(_) | End::Prints(_))
}

/// Tells the ways with such ends.
fn tell(module: &Module, findings: &mut Vec<Finding>, of: impl Fn(&End) -> bool) {
    let graph = module.graph();
    for way in module.ways().iter().filter(|way| of(&way.end)) {
        let first = way
            .functions
            .first()
            .map(|first| graph.functions[*first].section);
        let section = module.sections.iter().find(|one| Some(one.index) == first);
        if let Some(section) = section {
            findings.push(finding(module, section, way.at, message(module, way)));
        }
    }
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
        Begin::Entry(entry) => format!("{} must not sleep", entry.what),
        Begin::Locked(_) => {
            "nothing may sleep while a spin lock is held or in an RCU reader".to_owned()
        }
    };
    match &way.end {
        End::Sleeps(name, sleeps) => format!(
            "{from}, and `{name}` {}: {chain} -> {name}; instead: {}",
            sleeps.what, sleeps.instead
        ),
        End::Hangs(name, context) => {
            let why = match way.from {
                Begin::Entry(entry) => format!(
                    "{} may have interrupted, on its own CPU, who holds a lock that is not for it",
                    entry.what
                ),
                Begin::Locked(held) => format!(
                    "with a `{}` held, a lock is waited for whose holder may be interrupted by who \
                     waits for the first",
                    held.lock()
                ),
            };
            let instead = match context {
                Context::Anywhere | Context::Within => "keep its value in an atomic".to_owned(),
                _ => format!("keep its value in a `{}`", context.lock()),
            };
            format!("{why}: {chain} -> {name}; instead: {instead}")
        }
        End::Busy(name) => format!(
            "the kernel may be in the middle of `{name}` when it calls {}: {chain} -> {name}; \
             instead: keep what is to be known in atomics, and have another look at it",
            match way.from {
                Begin::Entry(entry) => entry.what,
                Begin::Locked(_) => "it",
            }
        ),
        End::Prints(name) => format!(
            "{} may have interrupted, on its own CPU, who holds a lock that printing waits for: \
             {chain} -> {name}; instead: have it printed later (`pr_info!(deferred; \"…\")`), or count",
            match way.from {
                Begin::Entry(entry) => entry.what,
                Begin::Locked(_) => "it",
            }
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
