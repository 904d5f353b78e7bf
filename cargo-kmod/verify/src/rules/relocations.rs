// SPDX-License-Identifier: GPL-2.0-only
//! Only relocations that the module loader knows (`apply_relocate_add`).

use anyhow::Result;

use super::{Rule, finding, is_known};
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "relocations",
    help: "the kernel would say \"Unknown rela relocation\" or \"Invalid module format\": modules \
           have no GOT and no thread-local storage; compile with -Crelocation-model=static and \
           -Zplt=yes, as `cargo kmod build` does",
    applies: is_known,
    check,
};

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some(code) = module.code else {
        return Ok(());
    };
    for section in module.sections.iter().filter(|section| section.is_loaded()) {
        for relocation in &section.relocations {
            if !code.relocations.contains(&relocation.kind) {
                let symbol = module
                    .symbol_of(relocation)
                    .map_or("", |symbol| symbol.name);
                findings.push(finding(
                    module,
                    section,
                    relocation.offset,
                    format!(
                        "relocation type {}{} of {symbol}: the loader does not know it",
                        relocation.kind,
                        (code.purpose)(relocation.kind)
                    ),
                ));
            }
        }
    }
    Ok(())
}
