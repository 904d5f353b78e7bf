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
    /// The `asm` of its source: the compiler had nothing to add but the return. So that finds its
    /// operands where the arguments come, and leaves alone what a function must not change.
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
    for line in text.lines().map(str::trim) {
        match line {
            "#APP" => is_asm = true,
            "#NO_APP" => is_asm = false,
            // Where indirect calls may land, which nobody does here.
            _ if arch.landing.contains(&line) => {}
            _ if line.is_empty() || line.starts_with('#') => {}
            _ if !is_asm => compilers.push(Vec::from_iter(line.split_whitespace())),
            _ => asm += &format!("{line}\n"),
        }
    }
    compilers.pop_if(|last| last[..] == [arch.stop]);
    let [only] = &compilers[..] else {
        return None;
    };
    if arch.returns.contains(&&only[..]) {
        return can_be_copied(&asm, labels).then_some(Body::Asm(asm));
    }
    match only[..] {
        [jump, to] if jump == arch.jump && asm.is_empty() && is_other_function(to, labels) => {
            Some(Body::Jump(to.to_owned()))
        }
        _ => None,
    }
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
