// SPDX-License-Identifier: GPL-2.0-only
//! Only relocations that the module loader knows (`apply_relocate_add`).

use anyhow::Result;
use object::{Architecture, elf};

use super::{Rule, finding};
use crate::verify::module::Module;
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "relocations",
    help: "the kernel would say \"Unknown rela relocation\" or \"Invalid module format\": modules \
           have no GOT and no thread-local storage; compile with -Crelocation-model=static and \
           -Zplt=yes, as `cargo kmod build` does",
    applies: |module, _| known(module.architecture).is_some(),
    check,
};

/// arch/x86/kernel/module.c
const X86_64: &[u32] = &[
    elf::R_X86_64_NONE,
    elf::R_X86_64_64,
    elf::R_X86_64_PC64,
    elf::R_X86_64_32,
    elf::R_X86_64_32S,
    elf::R_X86_64_PC32,
    elf::R_X86_64_PLT32,
];

fn known(architecture: Architecture) -> Option<&'static [u32]> {
    match architecture {
        Architecture::X86_64 => Some(X86_64),
        _ => None,
    }
}

fn name(kind: u32) -> &'static str {
    match kind {
        elf::R_X86_64_GOTPCREL | elf::R_X86_64_GOTPCRELX | elf::R_X86_64_REX_GOTPCRELX => {
            " (through a GOT)"
        }
        elf::R_X86_64_TPOFF32
        | elf::R_X86_64_GOTTPOFF
        | elf::R_X86_64_TLSGD
        | elf::R_X86_64_TLSLD => " (thread-local storage)",
        _ => "",
    }
}

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let known = known(module.architecture).unwrap_or_default();
    for section in module.sections.iter().filter(|section| section.is_loaded()) {
        for relocation in &section.relocations {
            if !known.contains(&relocation.kind) {
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
                        name(relocation.kind)
                    ),
                ));
            }
        }
    }
    Ok(())
}
