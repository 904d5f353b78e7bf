// SPDX-License-Identifier: GPL-2.0-only
//! What is asked of a module.
//!
//! `docs/verify.md` has a paragraph on each.

mod abi;
mod atomic;
mod baseline;
mod calls;
mod crcs;
pub mod depth;
mod endbr;
mod frame;
mod modinfo;
mod orc;
mod padding;
mod recursion;
mod relocations;
mod sections;
mod signing;
mod sites;
mod sls;
mod symbols;
mod vector;

use anyhow::Result;

use super::module::{Module, Section};
use super::report::Finding;
use super::stack::Node;
use super::target::Target;
pub use abi::is_for_another;
pub use crcs::MODULE_LAYOUT;

/// Something that is asked of a module.
pub struct Rule {
    /// Its name in messages.
    pub name: &'static str,
    /// What to do about a finding.
    pub help: &'static str,
    /// Whether this kernel asks it of this module.
    pub applies: fn(&Module, &Target) -> bool,
    /// Looks for what is not so.
    pub check: fn(&Module, &Target, &mut Vec<Finding>) -> Result<()>,
}

/// All rules, in the order in which they are told. Of a module for another architecture than the kernel's, only
/// the first is asked.
pub static RULES: &[Rule] = &[
    abi::RULE,
    symbols::EXPORTED,
    symbols::LICENCE,
    symbols::NAMESPACE,
    crcs::RULE,
    modinfo::SINGLE,
    modinfo::VERMAGIC,
    relocations::RULE,
    sections::LEFTOVER,
    sections::WRITABLE_CODE,
    sections::ALIGNMENT,
    vector::RULE,
    baseline::RULE,
    calls::RETURNS,
    calls::RETPOLINES,
    sites::RULE,
    sls::RULE,
    endbr::RULE,
    signing::RULE,
    padding::RULE,
    orc::RULE,
    frame::RULE,
    recursion::RULE,
    depth::RULE,
    atomic::SLEEP,
    atomic::LOCK,
];

/// The help of most rules on code: only a build apart from the kernel's flags breaks them.
const REBUILD: &str = "build with `cargo kmod build` or `make`, which take the flags from this kernel's \
     configuration; assembly of one's own must do as the kernel's does";

fn always(_: &Module, _: &Target) -> bool {
    true
}

/// Whether the module's code can be looked at.
fn is_known(module: &Module, _: &Target) -> bool {
    module.code.is_some()
}

fn finding(module: &Module, section: &Section, offset: u64, message: impl Into<String>) -> Finding {
    Finding {
        place: module.place(section, offset),
        message: message.into(),
    }
}

/// A finding about a whole function.
fn finding_in(module: &Module, node: &Node, message: impl Into<String>) -> Finding {
    let mut sections = module.sections.iter();
    let section = sections.find(|section| section.index == node.section);
    Finding {
        place: section.map_or_else(
            || node.name(),
            |section| module.place(section, node.function.start),
        ),
        message: message.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn every_rule_is_described() {
        let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/verify.md");
        let document = std::fs::read_to_string(document).unwrap();
        for rule in RULES {
            let heading = format!("| `{}` |", rule.name);
            assert!(document.contains(&heading), "{heading}");
        }
    }
}
