// SPDX-License-Identifier: GPL-2.0-only
//! `#[ioctl]`

use super::one;
use crate::tests::{NONE, expand, messages};

fn commands(keys: &str, variants: &str) -> Vec<String> {
    messages(expand(&format!(
        "#[ioctl({keys})] enum Cmd {{ {variants} }}"
    )))
}

#[test]
fn keys() {
    for (keys, rule, help) in [
        ("", "has no `magic`", "magic = b'T'"),
        ("magic = 'T'", "takes a byte", "write `magic = b'T'`"),
        (
            "magic = \"TT\"",
            "takes a letter or a number",
            "write `magic = b'T'`",
        ),
        ("magic = 256", "at most 255", "a letter"),
        (
            "magic = b'T', prefix = \"1\"",
            "begins names in C",
            "write `prefix",
        ),
        ("magic = b'T', size = 1", "no key `size`", "its keys are"),
    ] {
        one(commands(keys, "#[ior(1)] Get(u32)"), rule, help);
    }
}

#[test]
fn variants() {
    for (variants, rule, help) in [
        ("", "has no commands", "a variant for each"),
        (
            "Get(u32)",
            "no direction and number",
            "`io`, `ior`, `iow` and `iowr`",
        ),
        (
            "#[IOR(1)] Get(u32)",
            "no direction `IOR`",
            "did you mean `#[ior(…)]`?",
        ),
        (
            "#[iorw(1)] Get(u32)",
            "no direction `iorw`",
            "did you mean `#[iowr(…)]`?",
        ),
        (
            "#[ior(1)] #[iow(1)] Get(u32)",
            "its direction already",
            "both ways",
        ),
        ("#[ior] Get(u32)", "has no number", "write `#[ior(0x01)]`"),
        ("#[ior = 1] Get(u32)", "in parentheses", "write `#[ior(…)]`"),
        (
            "#[ior(-1)] Get(u32)",
            "from 0 to 255",
            "write `#[ior(0x01)]`",
        ),
        ("#[ior(256)] Get(u32)", "at most 255", "from 0 to 255"),
        (
            "#[ior(1, u32)] Get(u32)",
            "nothing but `returns`",
            "the variant's parentheses",
        ),
        (
            "#[ior(1, returns)] Get(u32)",
            "is its payload",
            "leave `returns` out",
        ),
        (
            "#[io(1)] Get(u32)",
            "the argument itself as `usize`",
            "write `Get(usize)`",
        ),
        ("#[ior(1)] Get", "`Get` has none", "write `Get(u32)`"),
        (
            "#[iow(1)] Set(u8, u8)",
            "is one type",
            "a struct under `#[uapi]`",
        ),
        (
            "#[iow(1)] Set { a: u8 }",
            "one type in parentheses",
            "`Set(TheStruct)`",
        ),
        (
            "#[iow(1)] Set(bool)",
            "other bytes than 0 and 1",
            "write `u8`",
        ),
        (
            "#[iow(1)] Set(KBox<usize>)",
            "as large as an address",
            "write `u64`",
        ),
        (
            "#[ior(1)] Get(u8) = 2",
            "stands in its direction",
            "write `#[ior(2)]`",
        ),
        (
            "#[ior(1)] A(u8), #[ior(1)] B(u8)",
            "`B` has the number of `A`",
            "of its own",
        ),
        (
            "#[io(1)] GetId, #[io(2)] Get_Id",
            "would both be `get_id`",
            "another name",
        ),
    ] {
        one(commands("magic = b'T'", variants), rule, help);
    }
}

#[test]
fn what_c_can_do_is_taken() {
    for variants in [
        "#[ior(1)] Get(u32), #[iow(1)] Set(u32)",
        "#[ior(1)] Get(u32), #[ior(1)] GetLong(u64)",
        "#[ior(0)] Get(KBox<[Limits; 4]>), #[io(255, returns)] Add(usize)",
        "#[cfg(a)] #[io(1)] A, #[cfg(not(a))] #[io(1)] B",
    ] {
        assert_eq!(commands("magic = 0xff", variants), NONE, "{variants}");
    }
}

#[test]
fn places() {
    for source in [
        "#[ioctl(magic = b'T')] struct Cmd;",
        "#[ioctl(magic = b'T')] fn cmd() {}",
    ] {
        one(messages(expand(source)), "belongs on an enum", "a variant");
    }
    let generic = "#[ioctl(magic = b'T')] enum Cmd<T> { #[ior(1)] Get(T) }";
    one(
        messages(expand(generic)),
        "is not generic",
        "write the type",
    );
}
