// SPDX-License-Identifier: GPL-2.0-only
//! `params(…)`

use super::one;
use crate::tests::param;

#[test]
fn params() {
    for (written, rule, help) in [
        ("step: u32", "no default", "`step: u32 = 0`"),
        ("who: &str", "no default", "`who: &str = \"\"`"),
        (
            "step = 1",
            "a name, a type and a default",
            "write `step: u32 = 1`",
        ),
        (
            "step: u32 1",
            "a name, a type and a default",
            "write `step: u32 = 1`",
        ),
        (
            "step",
            "a name, a type and a default",
            "write `step: u32 = 1`",
        ),
        ("a: f32 = 0.5", "cannot have the type `f32`", "floats"),
        (
            "a: String = \"\"",
            "cannot have the type `String`",
            "write `&str`",
        ),
        ("a: u128 = 1", "cannot have the type `u128`", "write `u64`"),
        ("a: char = 'a'", "cannot have the type `char`", "write `u8`"),
        (
            "a: (u8, u8) = (1, 2)",
            "cannot have the type",
            "its type is `bool`",
        ),
        (
            "a: &[u32] = &[1]",
            "cannot have the type `&[u32]`",
            "write `[u32; 8]`",
        ),
        (
            "a: Vec<u32> = []",
            "cannot have the type",
            "write `[u32; 8]`",
        ),
        ("a: u8 = 256", "no value of the type `u8`", "0 to 255"),
        ("a: u8 = -1", "no value of the type `u8`", "0 to 255"),
        (
            "a: u32 = \"x\"",
            "the default of `a` is an integer",
            "write `a: u32 = 1`",
        ),
        (
            "a: bool = 1",
            "`true` or `false`",
            "write `a: bool = false`",
        ),
        (
            "a: &str = 1",
            "a string literal",
            "write `a: &str = \"world\"`",
        ),
        ("a: &str = \"a\\0\"", "first NUL", "leave the NUL out"),
        ("é: u32 = 1", "ASCII letters", "`insmod` line"),
        (
            "a: u32 = 1, a: u32 = 2",
            "a parameter `a` already",
            "rename it",
        ),
        (
            "#[params(perm = 0o444)] a: u32 = 1",
            "no attribute `params`",
            "did you mean",
        ),
        ("#[cfg(x)] a: u32 = 1", "no attribute `cfg`", "whole struct"),
        ("#[param] #[param] a: u32 = 1", "two `#[param]`", "into one"),
        (
            "#[param = 3] a: u32 = 1",
            "in parentheses",
            "write `#[param(…)]`",
        ),
        (
            "#[param(mode = 0o444)] a: u32 = 1",
            "no key `mode`",
            "did you mean `perm`?",
        ),
        (
            "#[param(perm = 644)] a: u32 = 1",
            "in octal",
            "write `perm = 0o644`",
        ),
        (
            "#[param(perm = 0644)] a: u32 = 1",
            "in octal",
            "write `perm = 0o644`",
        ),
        (
            "#[param(perm = 0x1a4)] a: u32 = 1",
            "in octal",
            "write `perm = 0o644`",
        ),
        (
            "#[param(perm = \"rw\")] a: u32 = 1",
            "takes a number",
            "write `perm = 0o644`",
        ),
        (
            "#[param(perm = 0o4644)] a: u32 = 1",
            "permission bits",
            "write `perm = 0o644`",
        ),
        (
            "#[param(perm = 0o666)] a: u32 = 1",
            "writable for everyone",
            "write `perm = 0o664`",
        ),
        (
            "#[param(perm = 0o755)] a: u32 = 1",
            "executed",
            "write `perm = 0o644`",
        ),
        (
            "#[param(perm = 0o464)] a: u32 = 1",
            "for its owner, too",
            "write `perm = 0o664`",
        ),
        (
            "#[param(perm = 0o404)] a: u32 = 1",
            "is readable for its owner",
            "write `perm = 0o444`",
        ),
        (
            "#[param(perm = 0o040)] a: u32 = 1",
            "is readable for its owner",
            "write `perm = 0o440`",
        ),
        (
            "#[param(range = 1)] a: u32 = 1",
            "takes a range",
            "write `range = 1..=100`",
        ),
        (
            "#[param(range = 1..=9)] a: bool = true",
            "not an integer",
            "leave `range` out",
        ),
        (
            "#[param(range = 1..=9)] a: &str = \"\"",
            "not an integer",
            "leave `range` out",
        ),
        (
            "#[param(range = 9..=1)] a: u32 = 1",
            "holds no value",
            "`range = 1..=9`",
        ),
        (
            "#[param(range = 1..1)] a: u32 = 1",
            "holds no value",
            "`range = 1..=1`",
        ),
        (
            "#[param(range = 1..=256)] a: u8 = 1",
            "256 is no value",
            "0 to 255",
        ),
        (
            "#[param(range = -1..=1)] a: u8 = 1",
            "-1 is no value",
            "0 to 255",
        ),
        (
            "#[param(range = 1..MOST)] a: u8 = 1",
            "must be named",
            "write `range",
        ),
        (
            "#[param(range = 1..=9)] a: u32 = 0",
            "outside its range",
            "1 for example",
        ),
        (
            "#[param(range = 1..=9)] a: u32 = 10",
            "outside its range",
            "9 for example",
        ),
    ] {
        one(param(written), rule, help);
    }
}

#[test]
fn arrays() {
    for (written, rule, help) in [
        ("a: [u32; 8]", "no default", "`a: [u32 ; 8] = []`"),
        ("a: [u32; 8] = 1", "the default of `a` is an array", "= []`"),
        (
            "a: [u8; 2] = [1, 2, 3]",
            "has 3 elements, the array 2",
            "widen",
        ),
        ("a: [u8; 2] = [256]", "256 is no value", "0 to 255"),
        ("a: [u8; 2] = [true]", "no element of `a`", "type `u8`"),
        ("a: [bool; 2] = [1]", "no element of `a`", "type `bool`"),
        (
            "a: [&str; 2] = [c\"a\"]",
            "no element of `a`",
            "type `&str`",
        ),
        (
            "a: [&str; 2] = [\"a\\0\"]",
            "first NUL",
            "leave the NUL out",
        ),
        ("a: [u8; 0] = []", "at least one element", "at most"),
        ("a: [u8; 1024] = []", "4095 bytes", "at most 1023"),
        ("a: [i64; 196] = []", "4095 bytes", "at most 195"),
        (
            "#[param(kind = hexint)] a: [u32; 373] = []",
            "4095 bytes",
            "at most 372",
        ),
        (
            "a: [[u8; 2]; 2] = []",
            "elements of an array are",
            "several parameters",
        ),
        (
            "a: [Mode; 2] = []",
            "elements of an array are",
            "ParamValue",
        ),
        (
            "#[param(range = 1..=9)] a: [u8; 2] = [1, 10]",
            "outside its range",
            "9 for example",
        ),
        (
            "#[param(range = 1..=9)] a: [bool; 2] = []",
            "not an integer",
            "leave `range` out",
        ),
        (
            "#[param(range = 1..=256)] a: [u8; 2] = []",
            "256 is no value",
            "0 to 255",
        ),
    ] {
        one(param(written), rule, help);
    }
}

#[test]
fn kinds() {
    for (written, rule, help) in [
        (
            "#[param(kind = hex)] a: u32 = 1",
            "`hex` is no kind",
            "`hexint`, `invbool` or `bint`",
        ),
        (
            "#[param(kind = uint)] a: u32 = 1",
            "`uint` is no kind",
            "leave `kind` out",
        ),
        (
            "#[param(kind = string)] a: &str = \"\"",
            "no kind of its own",
            "write `len = 32`",
        ),
        (
            "#[param(kind = \"hexint\")] a: u32 = 1",
            "takes a word",
            "write `kind = hexint`",
        ),
        (
            "#[param(type = hexint)] a: u32 = 1",
            "no key `type`",
            "did you mean `kind`?",
        ),
        (
            "#[param(kind = hexint)] a: i32 = 1",
            "a way to write `u32`",
            "make `a` a `u32`",
        ),
        (
            "#[param(kind = bint)] a: bool = true",
            "a way to write `i32`",
            "make `a` a `i32`",
        ),
        (
            "#[param(kind = invbool)] a: [u8; 2] = []",
            "a way to write `bool`",
            "leave `kind` out",
        ),
        (
            "#[param(kind = bint, range = 0..=1)] a: i32 = 1",
            "so it has no range",
            "leave `range` out",
        ),
        (
            "#[param(len = 32)] a: u32 = 1",
            "not a string",
            "leave `len` out",
        ),
        (
            "#[param(len = 1)] a: &str = \"\"",
            "counts the NUL",
            "up to 31 bytes",
        ),
        (
            "#[param(len = 5000)] a: &str = \"\"",
            "`len` is 2 to 4096",
            "`len = 32`",
        ),
        (
            "#[param(len = 5)] a: &str = \"world\"",
            "has 5 bytes, and room for 4",
            "`len = 6`",
        ),
        (
            "#[param(size = 32)] a: &str = \"\"",
            "no key `size`",
            "did you mean `len`?",
        ),
    ] {
        one(param(written), rule, help);
    }
}

#[test]
fn names() {
    for (written, rule, help) in [
        (
            "#[param(name = \"a-b\")] a: u32 = 1",
            "ASCII letters",
            "write `a_b`",
        ),
        (
            "#[param(name = \"\")] a: u32 = 1",
            "ASCII letters",
            "`insmod` line",
        ),
        (
            "#[param(name = \"1st\")] a: u32 = 1",
            "ASCII letters",
            "`insmod` line",
        ),
        (
            "#[param(name = a)] b: u32 = 1",
            "takes a string",
            "write `name = \"step\"`",
        ),
        (
            "#[param(name = \"b\")] a: u32 = 1, b: u32 = 2",
            "a parameter `b` already",
            "rename it",
        ),
        (
            "#[param(name = \"b\")] a: u32 = 1, a: u32 = 2",
            "a parameter `a` already",
            "rename it",
        ),
    ] {
        one(param(written), rule, help);
    }
}

#[test]
fn flags_and_functions() {
    for (written, rule, help) in [
        (
            "#[param(hw)] a: u32 = 1",
            "`hw` has no value",
            "write `hw = irq`",
        ),
        (
            "#[param(hw = true)] a: u32 = 1",
            "`hw` takes `ioport`",
            "write `hw = irq`",
        ),
        (
            "#[param(hw = ioports)] a: u32 = 1",
            "`hw` takes `ioport`",
            "did you mean `ioport`?",
        ),
        (
            "#[param(taint)] a: u32 = 1",
            "`taint` has no value",
            "write `taint = true`",
        ),
        (
            "#[param(taint = 1)] a: u32 = 1",
            "`true` or `false`",
            "write `taint = true`",
        ),
        (
            "#[param(unsafe = true)] a: u32 = 1",
            "no key `unsafe`",
            "did you mean `taint`?",
        ),
        (
            "#[param(validate = 1)] a: u32 = 1",
            "takes a function",
            "write `validate = check`",
        ),
        (
            "#[param(validate = check())] a: u32 = 1",
            "not what it returns",
            "`validate = check`",
        ),
        (
            "#[param(on_change = changed)] a: u32 = 1",
            "`a` never changes",
            "write `perm = 0o644`",
        ),
    ] {
        one(param(written), rule, help);
    }
}

/// What is wrong with a derived enum.
fn values(item: &str) -> Vec<String> {
    let tokens = item.parse().expect("a test's source has tokens");
    crate::tests::messages(crate::attributes::param_enum(
        tokens,
        &quote::quote!(::kmod_core),
    ))
}

#[test]
fn enums() {
    for (written, rule, help) in [
        ("struct Mode;", "is derived for an enum", "impl ParamValue"),
        (
            "enum Mode {}",
            "no value that could be given",
            "add a variant",
        ),
        ("enum Mode<T> { Fast, Slow(T) }", "is not generic", "leave"),
        (
            "enum Mode { Fast(u8) }",
            "by its name alone",
            "leave the fields out",
        ),
        (
            "enum Mode { Fast, #[param(name = \"fast\")] Slow }",
            "a value `fast` already",
            "different",
        ),
        (
            "enum Mode { #[param(name = \"very fast\")] Fast }",
            "one word of ASCII",
            "before `Fast`",
        ),
        ("enum Mode { Größe }", "one word of ASCII", "before `Größe`"),
        (
            "enum Mode { #[param(rename = \"x\")] Fast }",
            "no key `rename`",
            "did you mean `name`?",
        ),
    ] {
        let found = values(written);
        assert!(!found.is_empty(), "{written}");
        assert!(
            found[0].contains(rule) && found[0].contains(help),
            "{written}: {found:#?}"
        );
    }
}
