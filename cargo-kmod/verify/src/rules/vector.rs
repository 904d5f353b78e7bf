// SPDX-License-Identifier: GPL-2.0-only
//! No floating point and no vector instructions: their registers are the process's, and the
//! kernel does not save them.

use anyhow::Result;

use super::{Rule, finding, is_known};
use crate::arch::Kind;
use crate::code;
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "floating-point",
    help: "it would overwrite the registers of the process that is interrupted: no f32 and f64 in \
           a module; C must bracket such code with kernel_fpu_begin()",
    applies: is_known,
    check,
};

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for section in module.compiled() {
        for instruction in code::instructions(module, section) {
            if let Kind::Float(name) = &instruction.kind {
                findings.push(finding(
                    module,
                    section,
                    instruction.start,
                    format!("`{name}` uses the floating point or vector registers"),
                ));
            }
        }
    }
    Ok(())
}
