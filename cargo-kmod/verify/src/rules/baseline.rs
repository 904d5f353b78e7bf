// SPDX-License-Identifier: GPL-2.0-only
//! No instruction that the oldest processor which the kernel runs on does not have.
//!
//! Where such code stands behind a question whether the processor has it, a reader of the file
//! cannot see the question. The kernel's own macros ask by alternatives, which are not looked at: they stand in a
//! section of their own, or behind the function that they are for.

use anyhow::Result;

use super::{REBUILD, Rule, finding};
use crate::arch::{Baseline, Kind, Options};
use crate::code;
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "baseline",
    help: REBUILD,
    applies: |module, target| {
        let code = module.code;
        code.is_some_and(|code| !target.asks(code.baseline.unknown))
    },
    check,
};

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some(code) = module.code else {
        return Ok(());
    };
    let Baseline { more, asked, .. } = code.baseline;
    for section in module.compiled() {
        let functions = module.functions(section);
        for instruction in code::instructions(module, section) {
            let Kind::Newer { name, feature } = &instruction.kind else {
                continue;
            };
            let has = |(one, options): &(&str, Options)| one == feature && target.asks(options);
            let mut functions = functions.iter();
            let around = functions.find(|f| (f.start..f.end).contains(&instruction.start));
            let is_asked_for = || match around {
                Some(function) => asked.iter().any(has) && !function.name.starts_with("_R"),
                None => module.is_replacement(section, instruction.start),
            };
            let is_had = more.iter().any(has) || is_asked_for();
            if !is_had {
                let message = format!(
                    "`{name}` is not on each processor that the kernel runs on ({feature})"
                );
                findings.push(finding(module, section, instruction.start, message));
            }
        }
    }
    Ok(())
}
