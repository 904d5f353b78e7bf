// SPDX-License-Identifier: GPL-2.0-only
//! The module itself.

use super::{WHOLE, one};
use crate::tests::{expand, messages, module};

#[test]
fn all_mistakes_are_reported_together() {
    let reports = module(
        "name = \"a-b\", licence = \"GPL\", params(a: f32 = 1.0, b: u32)",
        "#[chrdev(mode = 644)] a: A, #[sysctl] b: B",
    );
    assert_eq!(reports.len(), 6, "{reports:#?}");
}

#[test]
fn names_of_modules() {
    for (name, rule, help) in [
        ("a-b", "ASCII letters", "write `\"a_b\"`"),
        ("a.ko", "ASCII letters", "write `\"a\"`"),
        ("", "not empty", "without `.ko`"),
        ("é", "ASCII letters", "write `\"_\"`"),
        (&"n".repeat(56), "at most 55", "shorten it"),
    ] {
        let args = format!("name = \"{name}\", license = \"GPL\"");
        one(module(&args, ""), rule, help);
    }
}

#[test]
fn licences() {
    for (license, help) in [
        ("GPL-2.0", "write `license = \"GPL\"`"),
        ("GPL-2.0-only", "write `license = \"GPL\"`"),
        ("gpl", "write `license = \"GPL\"`"),
        ("MIT", "write `license = \"Dual MIT/GPL\"`"),
        ("GPL-2.0 OR MIT", "write `license = \"Dual MIT/GPL\"`"),
        ("MIT OR Apache-2.0", "the kernel knows"),
        ("Dual MIT/GLP", "write `license = \"Dual MIT/GPL\"`"),
        ("Beerware", "the kernel knows"),
        ("", "the kernel knows"),
    ] {
        let args = format!("name = \"ticket\", license = \"{license}\"");
        one(module(&args, ""), "no licence", help);
    }
    let args = "name = \"ticket\", license = \"Proprietary\"";
    one(module(args, "#[chrdev] a: A"), "under the GPL only", "GPL");
}

#[test]
fn structs() {
    for (item, rule, help) in [
        (
            "struct T(u32);",
            "have names",
            "write `struct T { name: Type }`",
        ),
        ("struct T<A> { a: A }", "is not generic", "the type that"),
        (
            "struct T<const N: usize>;",
            "is not generic",
            "the type that",
        ),
        (
            "struct T<'a> { a: &'a str }",
            "borrows nothing",
            "`&'static`",
        ),
        (
            "struct T where u8: Copy {}",
            "is not generic",
            "leave the `where` out",
        ),
        ("enum T { A }", "belongs on a struct", "the module's state"),
        (
            "union T { a: u8 }",
            "belongs on a struct",
            "the module's state",
        ),
        ("fn t() {}", "belongs on a struct", "the module's state"),
    ] {
        let source = format!("#[kernel_module({WHOLE})] {item}");
        one(messages(expand(&source)), rule, help);
    }
}
