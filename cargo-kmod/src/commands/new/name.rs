// SPDX-License-Identifier: GPL-2.0-only
//! Names that a module can have: what the kernel, kbuild and cargo all take.

use anyhow::Result;

use crate::exit::usage;

/// MODULE_NAME_LEN (64 bytes less a pointer) with its NUL.
const LONGEST: usize = 55;

/// Words that rustc or cargo refuse as a crate's name, beside Rust's keywords.
const TAKEN: &[&str] = &[
    "alloc",
    "core",
    "kmod_core",
    "kmod_test",
    "proc_macro",
    "std",
    "test",
];

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// A usage error with the rule that `name` breaks, and a name that would do.
pub fn check(name: &str) -> Result<()> {
    let Some(rule) = broken_rule(name) else {
        return Ok(());
    };
    Err(usage(format!(
        "`{name}` cannot be a module's name: {rule}\n= help: try `{}`",
        suggest(name)
    )))
}

fn broken_rule(name: &str) -> Option<&'static str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() {
        Some("it is empty")
    } else if !name.chars().all(allowed) {
        Some("it is part of C identifiers, so only letters, digits and _ may stand in it")
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        Some("it begins a C identifier, so the first character must be no digit")
    } else if name.len() > LONGEST {
        Some("the kernel keeps at most 55 characters of it")
    } else if KEYWORDS.contains(&name) || name == "_" {
        Some("it is a word of the Rust language")
    } else if TAKEN.contains(&name) {
        Some("a library that every module needs is called so")
    } else {
        None
    }
}

fn suggest(name: &str) -> String {
    let mut better: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .take(LONGEST)
        .collect();
    let only_underscores = better.chars().all(|c| c == '_');
    if only_underscores || KEYWORDS.contains(&better.as_str()) || TAKEN.contains(&better.as_str()) {
        better = format!("my_{}", better.trim_matches('_'))
            .trim_end_matches('_')
            .to_owned();
        if better == "my" {
            better = "my_module".into();
        }
    }
    if better.starts_with(|c: char| c.is_ascii_digit()) {
        better = format!("m{better}").chars().take(LONGEST).collect();
    }
    better
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_c_takes_are_taken() {
        for name in ["hello", "hello_2", "Hello", "_x", &"a".repeat(LONGEST)] {
            assert_eq!(broken_rule(name), None, "{name}");
        }
    }

    #[test]
    fn each_suggestion_is_a_name() {
        for (name, suggestion) in [
            ("", "my_module"),
            ("hello-world", "hello_world"),
            ("2fast", "m2fast"),
            ("fn", "my_fn"),
            ("core", "my_core"),
            ("_", "my_module"),
            ("é", "my_module"),
            ("a b", "a_b"),
        ] {
            assert!(broken_rule(name).is_some(), "{name}");
            assert_eq!(suggest(name), suggestion);
            assert_eq!(broken_rule(suggestion), None, "{suggestion}");
        }
        let long = "a".repeat(LONGEST + 1);
        assert!(broken_rule(&long).is_some());
        assert_eq!(broken_rule(&suggest(&long)), None);
        assert_eq!(broken_rule(&suggest(&"1".repeat(80))), None);
    }
}
