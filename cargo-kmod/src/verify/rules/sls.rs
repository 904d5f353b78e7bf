// SPDX-License-Identifier: GPL-2.0-only
//! Straight-line speculation: a processor may run on past a return or an indirect jump, so the
//! kernel puts an `int3` there. What is patched when the module is loaded gets it then.

use anyhow::Result;
use iced_x86::{FlowControl, Mnemonic};

use super::{REBUILD, Rule, finding, is_x86_64};
use crate::verify::code;
use crate::verify::module::Module;
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "sls",
    help: REBUILD,
    applies: |module, target| is_x86_64(module) && target.asks(&["SLS", "MITIGATION_SLS"]),
    check,
};

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for section in module.code() {
        let instructions = code::instructions(module, section);
        for (number, instruction) in instructions.iter().enumerate() {
            let what = match instruction.flow_control() {
                FlowControl::Return => "a return",
                FlowControl::IndirectBranch => "an indirect jump",
                _ => continue,
            };
            let stopped = instructions
                .get(number + 1)
                .is_some_and(|next| next.mnemonic() == Mnemonic::Int3);
            if !stopped {
                findings.push(finding(
                    module,
                    section,
                    instruction.ip(),
                    format!("no int3 after {what}"),
                ));
            }
        }
    }
    Ok(())
}
