// SPDX-License-Identifier: GPL-2.0-only
//! What the attributes' expansions name, `::core` and `::kmod_core`, are these crates.
//!
//! `extern crate other as core;` in the root of a crate has `::core` mean another one, and with it the
//! sizes and offsets that an expansion proves by it. Safe code could have them say what it likes. The
//! compiler takes such an item only if it stands in the root file itself, outside of every macro.

use crate::error::host;
use std::ffi::OsString;
use std::fs;

use anyhow::{Result, bail};
use proc_macro2::{TokenStream, TokenTree};

/// Refuses a crate that renames what the attributes name, if it uses them.
///
/// # Errors
///
/// The item, and what to write instead.
pub fn check(words: &[OsString]) -> Result<()> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let mut names: Vec<&str> = words.iter().filter_map(|word| framework(word)).collect();
    let root = words.iter().find(|word| word.ends_with(".rs"));
    let Some((root, _)) = root.zip(names.first()) else {
        return Ok(());
    };
    names.push("core");
    // What cannot be read, or is no Rust, the compiler reports.
    let source = fs::read_to_string(&**root).unwrap_or_default();
    if let Some(name) = renamed(&source, &names) {
        bail!(
            host(format!(
                "{root}: `extern crate … as {name}` renames what kmod's attributes name"
            ))
            .help("give the crate another name")
        );
    }
    Ok(())
}

/// The name of `kmod-core`, if a word tells the compiler where it is.
fn framework(word: &str) -> Option<&str> {
    let (name, file) = word.trim_start_matches("--extern=").split_once('=')?;
    let file = file.rsplit('/').next()?;
    let name = name.rsplit(':').next()?;
    file.starts_with("libkmod_core-").then_some(name)
}

/// Which of the names an `extern crate` gives to something else.
fn renamed<'a>(source: &str, names: &[&'a str]) -> Option<&'a str> {
    let tokens: TokenStream = source.parse().ok()?;
    let words: Vec<String> = tokens
        .into_iter()
        .map(|tree| match tree {
            TokenTree::Ident(ident) => ident.to_string().trim_start_matches("r#").to_owned(),
            _ => String::new(),
        })
        .collect();
    words.windows(5).find_map(|words| match words {
        [first, second, _, as_, name] if [first, second, as_] == ["extern", "crate", "as"] => {
            names.iter().find(|known| *known == name).copied()
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_the_root_is_found_however_it_is_written() {
        let names = ["kmod", "core"];
        for (source, name) in [
            ("extern crate self as core;", Some("core")),
            (
                "#![no_std] pub extern /* */ crate x\nas r#kmod ;",
                Some("kmod"),
            ),
            ("extern crate core;", None),
            ("extern crate self as other;", None),
            ("mod inner { extern crate x as core; }", None),
            ("// extern crate x as core;", None),
        ] {
            assert_eq!(renamed(source, &names), name, "{source}");
        }
    }

    #[test]
    fn the_framework_is_known_by_its_file() {
        let known = "kmod=/t/deps/libkmod_core-0a1b.rmeta";
        assert_eq!(framework(known), Some("kmod"));
        let known = "--extern=priv:kmod_core=/t/deps/libkmod_core-0a1b.rlib";
        assert_eq!(framework(known), Some("kmod_core"));
        assert_eq!(framework("a=/t/deps/libkmod_core_more-1.rlib"), None);
        assert_eq!(framework("src/lib.rs"), None);
    }
}
