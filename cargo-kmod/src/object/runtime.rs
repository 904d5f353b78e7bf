// SPDX-License-Identifier: GPL-2.0-only
//! What the compiler calls by itself for arithmetic that the processor does not have: functions of
//! `compiler_builtins`, which stays out of a module. Few of them are the kernel's, too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SymbolKind};

use super::Request;
use crate::exit::unfit;

/// Refuses what calls such a function, if neither the kernel nor the module's C has it.
///
/// # Errors
///
/// The functions, the Rust functions that call them, and what to write instead.
pub fn none(request: &Request, object: &[u8], runtime: &BTreeSet<&str>) -> Result<()> {
    let mut calls = calls(object, runtime)?;
    if calls.is_empty() {
        return Ok(());
    }
    let exports = request.objtree.join("Module.symvers");
    let exports = fs::read_to_string(exports).unwrap_or_default();
    let exported: BTreeSet<&str> = exports
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    let c = c_of(&request.crate_dir);
    calls.retain(|name, _| !exported.contains(name.as_str()) && !c.contains(name.as_str()));
    match calls.is_empty() {
        true => Ok(()),
        false => Err(unfit(describe(&calls))),
    }
}

/// The functions of the runtime that are called, each with its callers.
fn calls(object: &[u8], runtime: &BTreeSet<&str>) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let file = object::File::parse(object).context("the linker wrote no object")?;
    let wanted: HashMap<_, &str> = file
        .symbols()
        .filter(|symbol| symbol.is_undefined())
        .filter_map(|symbol| Some((symbol.index(), symbol.name().ok()?)))
        .filter(|(_, name)| runtime.contains(name))
        .collect();
    let mut calls = BTreeMap::<String, BTreeSet<String>>::new();
    if wanted.is_empty() {
        return Ok(calls);
    }
    for section in file.sections() {
        for (at, relocation) in section.relocations() {
            let RelocationTarget::Symbol(index) = relocation.target() else {
                continue;
            };
            let Some(name) = wanted.get(&index) else {
                continue;
            };
            let caller = file.symbols().find(|symbol| {
                let range = symbol.address()..symbol.address() + symbol.size().max(1);
                symbol.kind() == SymbolKind::Text
                    && symbol.section_index() == Some(section.index())
                    && range.contains(&at)
            });
            let caller = caller.and_then(|symbol| symbol.name().ok());
            let caller = caller.map(|name| format!("{:#}", rustc_demangle::demangle(name)));
            let callers = calls.entry((*name).to_owned()).or_default();
            callers.extend(caller);
        }
    }
    Ok(calls)
}

/// The texts of the module's C files, where such a function may be.
fn c_of(crate_dir: &Path) -> String {
    let files = fs::read_dir(crate_dir.join("c")).into_iter().flatten();
    let texts = files.flatten().map(|file| fs::read_to_string(file.path()));
    texts.flatten().collect()
}

fn describe(calls: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut said =
        "the module calls functions of the compiler's own, which the kernel does not have:"
            .to_owned();
    for (name, callers) in calls {
        let callers: Vec<&str> = callers.iter().map(String::as_str).collect();
        said += &format!(
            "\n  {name} ({}), in {}",
            meaning(name).0,
            callers.join(", ")
        );
    }
    let helps: BTreeSet<&str> = calls.keys().map(|name| meaning(name).1).collect();
    for help in helps {
        said += &format!("\n= help: {help}");
    }
    said
}

/// What a function does, and what to write instead.
fn meaning(name: &str) -> (&'static str, &'static str) {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["sf", "df", "tf", "hf"]) || !name.starts_with("__") {
        (
            "a float",
            "a kernel has no floats: count in a smaller unit with integers, `millis: u64` for \
             `seconds: f64`, and multiply before you divide",
        )
    } else if has(&["divti", "modti", "divmodti"]) {
        (
            "a division of 128 bits",
            "divide numbers of 64 bits: `u64::try_from(n)?`, or bring the divisor to a power of two \
             and shift",
        )
    } else {
        ("arithmetic of 128 bits", "compute with 64 bits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_function_is_told_with_what_to_write_instead() {
        let callers = |name: &str| BTreeSet::from([name.to_owned()]);
        let calls = BTreeMap::from([
            ("__adddf3".to_owned(), callers("m::f")),
            ("__udivti3".to_owned(), callers("m::g")),
        ]);
        let said = describe(&calls);
        for words in [
            "__adddf3 (a float), in m::f",
            "__udivti3 (a division of 128 bits), in m::g",
            "= help: a kernel has no floats",
            "= help: divide numbers of 64 bits",
        ] {
            assert!(said.contains(words), "{said}");
        }
    }
}
