// SPDX-License-Identifier: GPL-2.0-only
//! Spectre and Retbleed: no branch whose target the processor guesses, where the kernel was
//! configured to have none.

use anyhow::Result;

use super::{REBUILD, Rule, finding};
use crate::arch::{Detour, Flow, Instruction};
use crate::code;
use crate::module::{Module, Section};
use crate::report::Finding;
use crate::target::Target;

pub const RETURNS: Rule = Rule {
    name: "return-thunks",
    help: REBUILD,
    applies: |module, target| of_returns(module).is_some_and(|to| target.asks(to.options)),
    check: returns,
};

pub const RETPOLINES: Rule = Rule {
    name: "retpolines",
    help: REBUILD,
    applies: |module, target| of_branches(module).is_some_and(|to| target.asks(to.options)),
    check: retpolines,
};

fn of_returns(module: &Module) -> Option<&'static Detour> {
    module.code?.returns.as_ref()
}

fn of_branches(module: &Module) -> Option<&'static Detour> {
    module.code?.branches.as_ref()
}

fn returns(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some(detour) = of_returns(module) else {
        return Ok(());
    };
    for section in module.compiled() {
        for instruction in code::instructions(module, section) {
            if instruction.flow == Flow::Return {
                findings.push(finding(
                    module,
                    section,
                    instruction.start,
                    format!(
                        "a bare return; the kernel's returns go through {}",
                        detour.symbol
                    ),
                ));
            }
        }
    }
    Ok(())
}

fn retpolines(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some(detour) = of_branches(module) else {
        return Ok(());
    };
    for section in module.compiled() {
        for instruction in code::instructions(module, section) {
            if instruction.is_indirect_branch()
                && !is_replaced(module, section, &instruction, detour)
            {
                findings.push(finding(
                    module,
                    section,
                    instruction.start,
                    format!(
                        "a bare indirect branch; the kernel's go through {}",
                        detour.symbol
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// Whether a direct branch takes its place when the module is loaded.
fn is_replaced(
    module: &Module,
    section: &Section,
    instruction: &Instruction,
    detour: &Detour,
) -> bool {
    let symbol =
        code::relocation(section, instruction).and_then(|relocation| module.symbol_of(relocation));
    let mut replaced = detour.replaced.iter();
    symbol.is_some_and(|symbol| replaced.any(|with| symbol.name.starts_with(with)))
}
