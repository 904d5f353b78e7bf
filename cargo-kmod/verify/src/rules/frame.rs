// SPDX-License-Identifier: GPL-2.0-only
//! CONFIG_FRAME_WARN: no function takes more of the kernel's small stack.

use anyhow::Result;

use super::{Rule, finding_in};
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "stack-frame",
    help: "the kernel's stack is 8 or 16 KiB for everything at once: put big values into a KBox, \
           and fill them there instead of returning them",
    applies: |module, target| module.code.is_some() && limit(target) > 0 && !has_zones(target),
    check,
};

fn limit(target: &Target) -> u64 {
    let limit = target.config.get("FRAME_WARN");
    limit.and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
}

/// Whether each value has a place of its own on the stack, with zones around it that KASAN watches. The stack is
/// twice as big then, and how much of it a chain of calls takes is the rule that counts.
fn has_zones(target: &Target) -> bool {
    target.config.is_set("KASAN_STACK")
}

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let limit = limit(target);
    for node in &module.graph().functions {
        if node.most > limit {
            let message = format!(
                "the function takes {} bytes of stack; CONFIG_FRAME_WARN is {limit}",
                node.most
            );
            findings.push(finding_in(module, node, message));
        }
    }
    Ok(())
}
