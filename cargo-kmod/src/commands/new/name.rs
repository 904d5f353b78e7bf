// SPDX-License-Identifier: GPL-2.0-only
//! Names that a module can have: all that kbuild and the kernel take. What cargo does not take, the
//! crate is not called.

use crate::error::usage;
use anyhow::Result;

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
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// A usage error with the rule that `name` breaks, and a name that would do.
pub fn check(name: &str) -> Result<()> {
    let Some(rule) = broken_rule(name) else {
        return Ok(());
    };
    Err(usage(format!("`{name}` cannot be a module's name: {rule}"))
        .help(format!("try `{}`", suggest(name)))
        .into())
}

/// The name of the crate of a module with that name.
pub fn of_crate(name: &str) -> String {
    let as_crate = name.replace('-', "_");
    let is_taken = [KEYWORDS, TAKEN].concat().contains(&&*as_crate);
    match is_taken || name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("module-{name}"),
        false => name.to_owned(),
    }
}

/// What the names of a module's functions begin with.
pub fn of_functions(module: &str) -> String {
    let lower = module.to_lowercase();
    match lower.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{lower}"),
        false => lower,
    }
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-".contains(c)
}

fn broken_rule(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some("it is empty")
    } else if !name.chars().all(is_allowed) {
        Some("only ASCII letters, digits, _ and - may stand in it")
    } else if name.starts_with('-') {
        Some("it begins with a -, like an option")
    } else if name.len() > LONGEST {
        Some("the kernel keeps at most 55 characters of it")
    } else {
        None
    }
}

fn suggest(name: &str) -> String {
    let better = name.trim_start_matches('-').chars();
    let better: String = better
        .map(|c| if is_allowed(c) { c } else { '_' })
        .take(LONGEST)
        .collect();
    match better.chars().all(|c| c == '_') {
        true => "my_module".to_owned(),
        false => better,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_kbuild_takes_are_taken() {
        for (name, krate) in [
            ("hello", "hello"),
            ("Hello_2", "Hello_2"),
            ("hello-world", "hello-world"),
            ("_x", "_x"),
            ("8250", "module-8250"),
            ("fn", "module-fn"),
            ("core", "module-core"),
            ("kmod-core", "module-kmod-core"),
            (&"a".repeat(LONGEST), &"a".repeat(LONGEST)),
        ] {
            assert_eq!(broken_rule(name), None, "{name}");
            assert_eq!(of_crate(name), krate);
        }
    }

    #[test]
    fn functions_have_names_that_c_and_rust_take() {
        for (module, begin) in [("8250", "_8250"), ("Hello_2", "hello_2"), ("fn", "fn")] {
            assert_eq!(of_functions(module), begin);
        }
    }

    #[test]
    fn each_suggestion_is_a_name() {
        for (name, suggestion) in [
            ("", "my_module"),
            ("hello world", "hello_world"),
            ("-x", "x"),
            ("é", "my_module"),
            ("a.b", "a_b"),
        ] {
            assert!(broken_rule(name).is_some(), "{name}");
            assert_eq!(suggest(name), suggestion);
            assert_eq!(broken_rule(suggestion), None, "{suggestion}");
        }
        let long = "a".repeat(LONGEST + 1);
        assert!(broken_rule(&long).is_some());
        assert_eq!(broken_rule(&suggest(&long)), None);
    }
}
