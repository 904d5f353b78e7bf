// SPDX-License-Identifier: GPL-2.0-only
//! What the compiler calls by itself for arithmetic that the processor does not have: functions of
//! `compiler_builtins`, which stays out of a module. Few of them are the kernel's, too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use object::{
    Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SectionIndex, SymbolKind,
};

use super::Request;
use crate::decode::dwarf;
use crate::error::{Failure, unfit};

/// Functions of the runtime, each with the lines that call it, or the Rust functions.
#[derive(Default)]
struct Calls(BTreeMap<String, BTreeSet<String>>);

/// One call.
struct Call<'d> {
    /// What is called.
    name: &'d str,
    section: SectionIndex,
    at: u64,
    /// The function around it.
    caller: Option<&'d str>,
}

/// Refuses what calls such a function, if neither the kernel nor the module's C has it.
///
/// # Errors
///
/// The functions, the lines that call them, and what to write instead.
pub fn none(request: &Request, object: &[u8], runtime: &BTreeSet<&str>) -> Result<()> {
    let file = object::File::parse(object).context("the linker wrote no object")?;
    let mut found = calls(&file, |name| runtime.contains(name));
    if found.is_empty() {
        return Ok(());
    }
    let exports = request.objtree.join("Module.symvers");
    let exports = fs::read_to_string(exports).unwrap_or_default();
    let exported: BTreeSet<&str> = exports
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    let c = c_of(&request.crate_dir);
    found.retain(|call| !exported.contains(call.name) && !c.contains(call.name));
    if found.is_empty() {
        return Ok(());
    }
    let places: Vec<_> = found.iter().map(|call| (call.section, call.at)).collect();
    let places = dwarf::places(&file, &places).unwrap_or_default();
    let mut calls = Calls::default();
    for (number, call) in found.iter().enumerate() {
        let lines = places.get(number).into_iter().flatten();
        // The first is where the call is, the next where that was inlined, and so on.
        let line = lines.into_iter().find_map(|place| {
            let file = place.file.strip_prefix(&request.crate_dir).ok()?;
            Some(format!("--> {}:{}", file.display(), place.line))
        });
        let function = || Some(format!("in {}", dwarf::demangled(call.caller?)));
        let callers = calls.0.entry(call.name.to_owned()).or_default();
        callers.extend(line.or_else(function));
    }
    Err(calls.failure().into())
}

/// The calls that are wanted, by what they call.
fn calls<'d>(file: &object::File<'d>, wanted: impl Fn(&str) -> bool) -> Vec<Call<'d>> {
    let names: HashMap<_, &str> = file
        .symbols()
        .filter(|symbol| symbol.is_undefined())
        .filter_map(|symbol| Some((symbol.index(), symbol.name().ok()?)))
        .filter(|(_, name)| wanted(name))
        .collect();
    let mut calls = Vec::new();
    // There is seldom any, and then there are few.
    for section in file.sections().filter(|_| !names.is_empty()) {
        for (at, relocation) in section.relocations() {
            let RelocationTarget::Symbol(index) = relocation.target() else {
                continue;
            };
            let Some(name) = names.get(&index) else {
                continue;
            };
            let caller = file.symbols().find(|symbol| {
                let range = symbol.address()..symbol.address() + symbol.size().max(1);
                symbol.kind() == SymbolKind::Text
                    && symbol.section_index() == Some(section.index())
                    && range.contains(&at)
            });
            calls.push(Call {
                name,
                section: section.index(),
                at,
                caller: caller.and_then(|symbol| symbol.name().ok()),
            });
        }
    }
    calls
}

/// The texts of the module's C files, where such a function may be.
fn c_of(crate_dir: &Path) -> String {
    let files = fs::read_dir(crate_dir.join("c")).into_iter().flatten();
    let texts = files.flatten().map(|file| fs::read_to_string(file.path()));
    texts.flatten().collect()
}

impl Calls {
    /// Says what calls them, and what to write instead.
    fn failure(&self) -> Failure {
        let helps: BTreeSet<&str> = self.0.keys().map(|name| meaning(name).1).collect();
        let failure = unfit(self.to_string());
        helps.into_iter().fold(failure, Failure::help)
    }
}

impl fmt::Display for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the module calls functions of the compiler's own, which the kernel does not have:",
        )?;
        for (name, places) in &self.0 {
            let places: Vec<&str> = places.iter().map(String::as_str).collect();
            write!(f, "\n  {name} ({}), {}", meaning(name).0, places.join(", "))?;
        }
        Ok(())
    }
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
    use crate::error;
    use crate::exit::Exit;

    #[test]
    fn each_function_is_told_with_what_to_write_instead() {
        let places = |name: &str| BTreeSet::from([name.to_owned()]);
        let calls = Calls(BTreeMap::from([
            ("__adddf3".to_owned(), places("in m::f")),
            ("__udivti3".to_owned(), places("--> src/lib.rs:3")),
        ]));
        let error = calls.failure().into();
        assert_eq!(error::exit(&error), Exit::TestFailed);
        let said = error::message(&error);
        for words in [
            "__adddf3 (a float), in m::f",
            "__udivti3 (a division of 128 bits), --> src/lib.rs:3",
            "= help: a kernel has no floats",
            "= help: divide numbers of 64 bits",
        ] {
            assert!(said.contains(words), "{said}");
        }
    }
}
