// SPDX-License-Identifier: GPL-2.0-only
//! CONFIG_MODVERSIONS: the module was compiled with the declarations that this kernel has.

use std::collections::HashMap;

use anyhow::Result;

use super::Rule;
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "crcs",
    help: "the kernel would say \"disagrees about version of symbol\": build against the headers \
           of exactly this kernel",
    applies: |_, target| target.asks(&["MODVERSIONS"]),
    check,
};

/// By this symbol's CRC every module is bound to `struct module` itself.
pub const MODULE_LAYOUT: &str = "module_layout";

/// `struct modversion_info`: an unsigned long, and a name up to the 64th byte.
const ENTRY: usize = 64;

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let exports = target.exports()?;
    let versions = versions(module);
    for name in module.wanted().chain([MODULE_LAYOUT]) {
        let Some(export) = exports.get(name) else {
            continue;
        };
        let message = match versions.get(name) {
            None => format!("{name} has no CRC in the module"),
            Some(crc) if *crc != export.crc => format!(
                "{name} was compiled as version {crc:#010x}; this kernel has {:#010x}",
                export.crc
            ),
            Some(_) => continue,
        };
        findings.push(Finding {
            place: "__versions".to_owned(),
            message,
        });
    }
    Ok(())
}

/// The CRCs that the module carries: in entries of one size, or for long names in two tables.
fn versions(module: &Module) -> HashMap<String, u32> {
    let mut found = HashMap::new();
    for section in module.named("__versions") {
        for entry in section.data.chunks_exact(ENTRY) {
            let (crc, name) = entry.split_at(8);
            if let Some(name) = name.split(|byte| *byte == 0).next() {
                found.insert(text(name), number(crc));
            }
        }
    }
    let crcs = module.named("__version_ext_crcs");
    let names = module.named("__version_ext_names");
    for (crcs, names) in crcs.zip(names) {
        let names = names.data.split(|byte| *byte == 0).map(text);
        found.extend(names.zip(crcs.data.chunks_exact(4).map(number)));
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn number(bytes: &[u8]) -> u32 {
    let low = bytes.iter().take(4).rev();
    low.fold(0, |number, byte| number << 8 | u32::from(*byte))
}
