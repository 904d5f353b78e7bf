// SPDX-License-Identifier: GPL-2.0-only
//! Functions that come to so little that they need not be called, found in a compiler's assembly.
//!
//! It is read as gcc writes it; in what another compiler writes little is found.

use std::collections::{HashMap, HashSet};

use crate::arch::Assembly;

/// All of what a function does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// It jumps to another one, with the arguments as they came.
    Jump(String),
    /// The `asm` of its source: to that the compiler had nothing to add but what moves its operands, and
    /// the return. So that finds them where the arguments come, and leaves alone what a function must not
    /// change.
    Asm(String),
}

/// The bodies of those functions of `assembly` that are one; `arch` says how it is written.
#[must_use]
pub fn bodies(assembly: &str, arch: &Assembly) -> HashMap<String, Body> {
    let labels: HashSet<&str> = assembly.lines().filter_map(label).collect();
    let body = |name: &&str| {
        let (_, rest) = assembly.split_once(&format!("\n{name}:\n"))?;
        let (text, _) = rest.split_once(&format!("\t.size\t{name}, .-{name}\n"))?;
        Some(((*name).to_owned(), read(text, &labels, arch)?))
    };
    labels.iter().filter_map(body).collect()
}

/// The name that a line gives to something of the source.
fn label(line: &str) -> Option<&str> {
    let line = line.trim();
    let zeroed = || line.strip_prefix(".local").map(str::trim_start);
    let label = line.strip_suffix(':').or_else(zeroed)?;
    (!is_number(label)).then_some(label)
}

/// What stands between a function's name and its size; `labels` stand in the same source.
fn read(text: &str, labels: &HashSet<&str>, arch: &Assembly) -> Option<Body> {
    let (mut compilers, mut asm) = (Vec::new(), String::new());
    let mut is_asm = false;
    for line in after_the_entry(text).lines().map(str::trim) {
        let words = Vec::from_iter(line.split_whitespace());
        let instruction = words.join(" ");
        match line {
            "#APP" => is_asm = true,
            "#NO_APP" => is_asm = false,
            _ if line.is_empty() || line.starts_with(arch.comment) => {}
            _ if is_asm || (arch.moves_operands)(&words) => asm += &format!("{line}\n"),
            _ if arch.landing.contains(&&*instruction) => {}
            // What unwinders are told of it, and a place to which only a jump goes that would be here, too.
            _ if line.starts_with(".cfi_") || (line.starts_with(".L") && line.ends_with(':')) => {}
            _ => compilers.push(instruction),
        }
    }
    compilers.pop_if(|last| last == arch.stop);
    let compilers = Vec::from_iter(compilers.iter().map(String::as_str));
    let [rest @ .., last] = &compilers[..] else {
        return None;
    };
    let returns = arch.returns.contains(last);
    if returns && rest.is_empty() {
        return can_be_copied(&asm, labels).then_some(Body::Asm(asm));
    }
    // To call another function, and then return, comes to a jump.
    let call = || {
        let [before, after] = arch.frame;
        let [call] = rest.strip_prefix(before)?.strip_suffix(after)? else {
            return None;
        };
        call.strip_prefix(arch.call?)
    };
    let to = match returns {
        true => call()?,
        false if rest.is_empty() => last.strip_prefix(arch.jump)?,
        false => return None,
    };
    let is_jump = asm.is_empty() && is_other_function(to, labels);
    is_jump.then(|| Body::Jump(to.to_owned()))
}

/// What comes after the word to the kernel that a function can be patched where it begins.
fn after_the_entry(text: &str) -> &str {
    let entry = text
        .trim_start()
        .strip_prefix(".section\t__patchable_function_entries");
    let after = entry.and_then(|entry| entry.split_once("\n.LPFE")?.1.split_once(":\n"));
    after.map_or(text, |(_, after)| after)
}

/// A name of the kernel's: nothing that has its label here.
fn is_other_function(to: &str, labels: &HashSet<&str>) -> bool {
    let is_name = to.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name && !labels.contains(to)
}

/// `asm` that may stand in several places, in other sources: its labels are numbers, and it refers
/// to none of this source.
fn can_be_copied(asm: &str, labels: &HashSet<&str>) -> bool {
    let mut words = asm.split(|c: char| c.is_whitespace() || c == ';');
    let mut names = asm.split(|c: char| !(c.is_ascii_alphanumeric() || "_.$".contains(c)));
    !asm.is_empty()
        && words.all(|word| word.strip_suffix(':').is_none_or(is_number))
        && !names.any(|name| labels.contains(name))
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}
