// SPDX-License-Identifier: GPL-2.0-only
//! `#[uapi]`

use super::one;
use crate::tests::{NONE, expand, messages};

fn fields(fields: &str) -> Vec<String> {
    messages(expand(&format!("#[uapi] struct Limits {{ {fields} }}")))
}

#[test]
fn types_that_cannot_be_shared() {
    for (ty, reason, help) in [
        ("usize", "as large as an address", "write `u64`"),
        (
            "core::primitive::isize",
            "as large as an address",
            "write `i64`",
        ),
        ("bool", "other bytes than 0 and 1", "write `u8`"),
        ("char", "no character", "write `u32`"),
        ("f64", "floating point", "write an integer"),
        ("i128", "C has no such integer", "`[u64; 2]`"),
        ("NonZeroU8", "can send 0", "the plain integer"),
        ("Option<u8>", "not every combination", "an integer"),
        ("KString", "no size of its own", "`[u8; N]`"),
        ("KVec<u8>", "elsewhere", "`[T; N]`"),
        ("KBox<u8>", "4 bytes in 32-bit programs", "the type itself"),
        ("*mut u8", "`*mut u8` cannot be shared", "points to"),
        ("&'static [u8]", "`&'static [u8]` cannot", "points to"),
        ("fn(u8) -> u8", "an address means nothing", "points to"),
        ("(u8, u8)", "`(u8, u8)` cannot be shared", "a struct"),
        ("[u8]", "its size is not known", "`[T; N]`"),
        ("[[bool; 2]; 2]", "`bool` cannot be shared", "write `u8`"),
        ("AtomicU32", "to the kernel only", "a copy"),
    ] {
        one(fields(&format!("field: {ty}")), reason, help);
    }
    assert_eq!(fields("a: u32, b: [i64; 2], c: Other, d: r#u8"), NONE);
}

#[test]
fn names() {
    for name in ["int", "default", "class", "linux", "r#struct", "r#union"] {
        one(
            fields(&format!("{name}: u8")),
            "a word of the language",
            "another",
        );
    }
    one(fields("größe: u8"), "is not a name in C", "from a to z");
    let union = "#[uapi] struct Union { a: u8 }";
    one(
        messages(expand(union)),
        "`union` is not a name in C",
        "another",
    );
    assert_eq!(fields("r#type: u8, r#move: u8, interface: u8"), NONE);
}

#[test]
fn shapes() {
    for (source, rule, help) in [
        (
            "#[uapi(name = 1)] struct A { a: u8 }",
            "has no keys",
            "write `#[uapi]`",
        ),
        ("#[uapi] struct A(u8);", "have names", "name: Type"),
        ("#[uapi] struct A;", "has no fields", "#[io(…)]"),
        ("#[uapi] struct A {}", "has no fields", "#[io(…)]"),
        (
            "#[uapi] struct A<T> { a: T }",
            "is not generic",
            "write the type",
        ),
        (
            "#[uapi] enum A { B }",
            "belongs on a struct",
            "write a struct",
        ),
        (
            "#[uapi] #[repr(C, packed)] struct A { a: u8 }",
            "ordinary layout",
            "leave this out",
        ),
        (
            "#[uapi] #[repr(align(8))] struct A { a: u8 }",
            "ordinary layout",
            "leave this out",
        ),
        (
            "#[uapi] struct A { #[cfg(x)] a: u8 }",
            "does not depend on",
            "leave the field in",
        ),
    ] {
        one(messages(expand(source)), rule, help);
    }
    assert_eq!(
        messages(expand("#[uapi] #[repr(C)] struct A { a: u8 }")),
        NONE
    );
}
