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
            "a: Option<u8> = None",
            "cannot have the type",
            "its type is `bool`",
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
            "#[param(perm = 0o644)] a: &str = \"\"",
            "cannot be written",
            "write `perm = 0o444`",
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
