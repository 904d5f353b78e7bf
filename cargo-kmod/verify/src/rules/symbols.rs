// SPDX-License-Identifier: GPL-2.0-only
//! What the module takes from the kernel: it must be exported, and to this module.

use anyhow::Result;

use super::{Rule, always};
use crate::module::Module;
use crate::report::Finding;
use crate::target::{Export, Target};

pub const EXPORTED: Rule = Rule {
    name: "symbols",
    help: "the kernel would say \"Unknown symbol in module\": use what it exports, or name the \
           Module.symvers of the module that does: KBUILD_EXTRA_SYMBOLS=",
    applies: always,
    check: exported,
};

pub const LICENCE: Rule = Rule {
    name: "licence",
    help: "give the module a licence that the kernel takes for GPL-compatible (\"GPL\", \
           \"Dual MIT/GPL\", ...), or do without these functions",
    applies: always,
    check: licence,
};

pub const NAMESPACE: Rule = Rule {
    name: "namespaces",
    help: "import the namespace: MODULE_IMPORT_NS in C",
    applies: |_, target| !target.asks(&["MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS"]),
    check: namespace,
};

/// include/linux/license.h: `license_is_gpl_compatible`.
const COMPATIBLE: &[&str] = &[
    "GPL",
    "GPL v2",
    "GPL and additional rights",
    "Dual BSD/GPL",
    "Dual MIT/GPL",
    "Dual MPL/GPL",
];

fn exported(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let exports = target.exports()?;
    for name in module.wanted().filter(|name| !exports.contains_key(*name)) {
        findings.push(symbol(
            name,
            "this kernel exports no such symbol".to_owned(),
        ));
    }
    Ok(())
}

fn licence(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let licences: Vec<String> = module.modinfo("license").collect();
    // The loader takes the first.
    match licences.first() {
        Some(licence) if COMPATIBLE.contains(&licence.as_str()) => return Ok(()),
        Some(_) => {}
        None => findings.push(Finding {
            place: ".modinfo".to_owned(),
            message: "the module has no licence, which taints the kernel".to_owned(),
        }),
    }
    let licence = licences.first().map_or("none", String::as_str);
    for (name, _) in taken(module, target, |export| export.gpl_only)? {
        findings.push(symbol(
            name,
            format!("it is exported to GPL-compatible modules only; the licence is {licence}"),
        ));
    }
    Ok(())
}

fn namespace(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let imported: Vec<String> = module.modinfo("import_ns").collect();
    let own = module.modinfo("name").next().unwrap_or_default();
    for (name, export) in taken(module, target, |export| !export.namespace.is_empty())? {
        let namespace = &export.namespace;
        let allowed = match namespace.strip_prefix("module:") {
            Some(modules) => modules.split(',').any(|module| is_named(&own, module)),
            None => imported.contains(namespace),
        };
        if !allowed {
            let message = format!("it is in the namespace {namespace}, which is not imported");
            findings.push(symbol(name, message));
        }
    }
    Ok(())
}

/// EXPORT_SYMBOL_FOR_MODULES names modules with - or _, and may end in *.
fn is_named(own: &str, pattern: &str) -> bool {
    let own = own.replace('-', "_");
    let pattern = pattern.replace('-', "_");
    match pattern.strip_suffix('*') {
        Some(beginning) => own.starts_with(beginning),
        None => own == pattern,
    }
}

/// The symbols that the module takes of the exports that are `such`.
fn taken<'a>(
    module: &'a Module,
    target: &'a Target,
    such: fn(&Export) -> bool,
) -> Result<Vec<(&'a str, &'a Export)>> {
    let exports = target.exports()?;
    let wanted = module.wanted();
    Ok(wanted
        .filter_map(|name| Some((name, exports.get(name)?)))
        .filter(|(_, export)| such(export))
        .collect())
}

fn symbol(name: &str, message: String) -> Finding {
    Finding {
        place: format!("the undefined symbol {name}"),
        message: format!("{name}: {message}"),
    }
}
