// SPDX-License-Identifier: GPL-2.0-only
//! Straight-line speculation: a processor may run on past a return or an indirect jump, so the
//! kernel puts an `int3` there. What is patched when the module is loaded gets it then.

use anyhow::Result;

use super::{REBUILD, Rule, finding};
use crate::arch::{Flow, Kind, Stop};
use crate::code;
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "sls",
    help: REBUILD,
    applies: |module, target| stop(module).is_some_and(|stop| target.asks(stop.options)),
    check,
};

fn stop(module: &Module) -> Option<&'static Stop> {
    module.code?.stops.as_ref()
}

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some(stop) = stop(module) else {
        return Ok(());
    };
    for section in module.compiled() {
        let instructions = code::instructions(module, section);
        for (number, instruction) in instructions.iter().enumerate() {
            let what = match instruction.flow {
                Flow::Return => "a return",
                Flow::IndirectJump => "an indirect jump",
                _ => continue,
            };
            let stopped = instructions
                .get(number + 1)
                .is_some_and(|next| next.kind == Kind::Stop);
            if !stopped {
                findings.push(finding(
                    module,
                    section,
                    instruction.start,
                    format!("no {} after {what}", stop.name),
                ));
            }
        }
    }
    Ok(())
}
