// SPDX-License-Identifier: GPL-2.0-only
//! Spectre and Retbleed: no branch whose target the processor guesses, where the kernel was
//! configured to have none.

use anyhow::Result;
use iced_x86::{FlowControl, Instruction};

use super::{REBUILD, Rule, finding, is_x86_64};
use crate::verify::code;
use crate::verify::module::{Module, Section};
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RETURNS: Rule = Rule {
    name: "return-thunks",
    help: REBUILD,
    applies: |module, target| is_x86_64(module) && target.asks(&["RETHUNK", "MITIGATION_RETHUNK"]),
    check: returns,
};

pub const RETPOLINES: Rule = Rule {
    name: "retpolines",
    help: REBUILD,
    applies: |module, target| {
        is_x86_64(module) && target.asks(&["RETPOLINE", "MITIGATION_RETPOLINE"])
    },
    check: retpolines,
};

fn returns(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for section in module.code() {
        for instruction in code::instructions(module, section) {
            if instruction.flow_control() == FlowControl::Return {
                findings.push(finding(
                    module,
                    section,
                    instruction.ip(),
                    "a bare return; the kernel's returns go through __x86_return_thunk",
                ));
            }
        }
    }
    Ok(())
}

fn retpolines(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for section in module.code() {
        for instruction in code::instructions(module, section) {
            if code::is_indirect_branch(&instruction) && !is_paravirt(module, section, &instruction)
            {
                findings.push(finding(
                    module,
                    section,
                    instruction.ip(),
                    "a bare indirect branch; the kernel's go through __x86_indirect_thunk_*",
                ));
            }
        }
    }
    Ok(())
}

/// Calls through `pv_ops` are replaced by direct ones when the module is loaded.
fn is_paravirt(module: &Module, section: &Section, instruction: &Instruction) -> bool {
    let symbol =
        code::relocation(section, instruction).and_then(|relocation| module.symbol_of(relocation));
    symbol.is_some_and(|symbol| symbol.name.starts_with("pv_ops"))
}
