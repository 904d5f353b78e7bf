// SPDX-License-Identifier: GPL-2.0-only
//! What the compiler calls by itself for arithmetic that the processor does not have: functions of
//! `compiler_builtins`, which stays out of a module. Few of them are the kernel's, too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Error, Result};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SymbolKind};

use super::Request;
use crate::error::{Failure, unfit};
use crate::process;

/// Functions of the runtime, each with the Rust functions that call it, or the lines.
#[derive(Debug, Default)]
struct Calls(BTreeMap<String, BTreeSet<String>>);

/// One call.
struct Call<'d> {
    /// What is called.
    name: &'d str,
    section: &'d str,
    at: u64,
    /// The function around it.
    caller: Option<&'d str>,
}

/// Refuses what calls such a function, if neither the kernel nor the module's C has it.
///
/// # Errors
///
/// The functions, the Rust functions that call them, and what to write instead: for [`located`].
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
    let mut calls = Calls::default();
    for call in found {
        let callers = calls.0.entry(call.name.to_owned()).or_default();
        callers.extend(call.caller.map(|name| {
            let function = rustc_demangle::demangle(name);
            format!("in {function:#}")
        }));
    }
    match calls.0.is_empty() {
        true => Ok(()),
        false => Err(Error::new(calls)),
    }
}

/// An error for the author, with the lines of the calls if it is one of [`none`]'s and there is an
/// object `with_lines`.
pub fn located(
    error: Error,
    crate_dir: &Path,
    with_lines: impl FnOnce() -> Option<Vec<u8>>,
) -> Error {
    let mut calls = match error.downcast::<Calls>() {
        Ok(calls) => calls,
        Err(other) => return other,
    };
    let lines = with_lines().and_then(|object| lines(&object, &calls, crate_dir).ok());
    for (name, lines) in lines.into_iter().flatten() {
        calls.0.insert(name, lines);
    }
    let helps: BTreeSet<&str> = calls.0.keys().map(|name| meaning(name).1).collect();
    let failure = unfit(calls.to_string());
    helps.into_iter().fold(failure, Failure::help).into()
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
            let (Some(name), Ok(in_section)) = (names.get(&index), section.name()) else {
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
                section: in_section,
                at,
                caller: caller.and_then(|symbol| symbol.name().ok()),
            });
        }
    }
    calls
}

/// The lines of the calls, as binutils, which kbuild needs as well, find them.
fn lines(
    object: &[u8],
    wanted: &Calls,
    crate_dir: &Path,
) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let parsed = object::File::parse(object)?;
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), object)?;
    let mut lines = BTreeMap::<String, BTreeSet<String>>::new();
    for call in calls(&parsed, |name| wanted.0.contains_key(name)) {
        let mut addr2line = process::command("addr2line");
        addr2line
            .arg("--inlines")
            .arg("--exe")
            .arg(file.path())
            .arg(format!("--section={}", call.section))
            .arg(format!("{:#x}", call.at));
        // The first is where the call is, the next where that was inlined, and so on.
        let said = process::output(&mut addr2line).unwrap_or_default();
        let folder = format!("{}/", crate_dir.display());
        let line = said.lines().find_map(|line| line.strip_prefix(&folder));
        let words = line.map(|line| line.split(' ').next().unwrap_or(line));
        if let Some(line) = words.filter(|line| !line.ends_with('?')) {
            let lines = lines.entry(call.name.to_owned()).or_default();
            lines.insert(format!("--> {line}"));
        }
    }
    Ok(lines)
}

/// The texts of the module's C files, where such a function may be.
fn c_of(crate_dir: &Path) -> String {
    let files = fs::read_dir(crate_dir.join("c")).into_iter().flatten();
    let texts = files.flatten().map(|file| fs::read_to_string(file.path()));
    texts.flatten().collect()
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

impl std::error::Error for Calls {}

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
        let error = located(Error::new(calls), Path::new("/"), || None);
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
