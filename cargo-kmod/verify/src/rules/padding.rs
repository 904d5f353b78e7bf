// SPDX-License-Identifier: GPL-2.0-only
//! Call padding: free bytes before each function, into which the kernel writes what mitigations
//! and tracing of the processor at hand need.

use anyhow::Result;

use super::{REBUILD, Rule, finding};
use crate::arch::Kind;
use crate::code::between;
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "call-padding",
    help: REBUILD,
    applies: |module, target| module.code.is_some() && target.asks(&["CALL_PADDING"]),
    check,
};

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let padding = target.config.get("FUNCTION_PADDING_BYTES");
    let padding: u64 = padding.and_then(|bytes| bytes.parse().ok()).unwrap_or(0);
    let Some(code) = module.code else {
        return Ok(());
    };
    for section in module.compiled() {
        // Parts that gcc moves away from their function are never called.
        let functions = module.functions(section);
        for function in functions.iter().filter(|f| !f.name.contains(".cold")) {
            let free = function.start.checked_sub(padding).is_some_and(|before| {
                between(code, section, before, function.start)
                    .iter()
                    .all(|instruction| instruction.kind == Kind::Nop)
            });
            if !free {
                findings.push(finding(
                    module,
                    section,
                    function.start,
                    format!("no {padding} bytes of NOPs before the function"),
                ));
            }
        }
    }
    Ok(())
}
