// SPDX-License-Identifier: GPL-2.0-only
//! What is said about mistakes. How it looks to the user is in `ui-tests`.

use super::{expand, fields, messages, module, operations, param};

const WHOLE: &str = "name = \"ticket\", license = \"GPL\"";

/// One mistake is one report, of this rule and this help.
#[track_caller]
fn one(reports: Vec<String>, rule: &str, help: &str) {
    let [report] = reports.as_slice() else {
        panic!("not one report: {reports:#?}");
    };
    let (first, second) = report.split_once("\n= help: ").expect("it has a help");
    assert!(first.contains(rule), "{rule:?} is not in {first:?}");
    assert!(second.contains(help), "{help:?} is not in {second:?}");
}

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
fn keys() {
    for (args, rule, help) in [
        (
            "licence = \"GPL\", name = \"t\"",
            "no key `licence`",
            "did you mean `license`?",
        ),
        (
            "license = \"GPL\", nmae = \"t\"",
            "no key `nmae`",
            "did you mean `name`?",
        ),
        ("license = \"GPL\"", "has no `name`", "add `name = "),
        ("name = \"t\"", "has no `license`", "add `license = "),
        (
            "license = \"GPL\", name = 3",
            "takes a string",
            "write `name = ",
        ),
        ("license = \"GPL\", name", "has no value", "write `name = "),
        (
            "license = \"GPL\", name =",
            "has no value",
            "write `name = ",
        ),
        (
            "license = \"GPL\", name: \"t\"",
            "`=` and a value",
            "write `name = ",
        ),
        (
            "license = \"GPL\", name(\"t\")",
            "`=` and a value",
            "write `name = ",
        ),
        (
            "license = \"GPL\" name = \"t\"",
            "no comma before `name`",
            "put a comma",
        ),
        (
            "license = \"GPL\",, name = \"t\"",
            "before this comma",
            "leave the comma out",
        ),
    ] {
        one(module(args, ""), rule, help);
    }
    for (more, rule, help) in [
        (
            "\"ticket\"",
            "takes keys with values",
            "its keys are `name`",
        ),
        ("colour = 3", "no key `colour`", "its keys are `name`"),
        ("name = \"t\"", "`name` is given twice", "leave one"),
        (
            "author = \"A\"",
            "no key `author`",
            "did you mean `authors`?",
        ),
        (
            "authors = \"A\"",
            "a list of strings",
            "write `authors = [\"A\"]`",
        ),
        ("authors = [A]", "a list of strings", "write `authors = ["),
        ("authors = [\"\"]", "says nothing", "leave it out"),
        (
            "params = 3",
            "a list in parentheses",
            "write `params(step: u32 = 1)`",
        ),
        (
            "version = 1.0",
            "takes a string",
            "write `version = \"1.0\"`",
        ),
        (
            "version = \"a\\0b\"",
            "cannot hold a NUL",
            "leave the NUL out",
        ),
        ("alias = [\"a b\"]", "one word", "string of its own"),
        (
            "firmware = [\"/lib/firmware/a.bin\"]",
            "below `/lib/firmware`",
            "write `\"a.bin\"`",
        ),
        (
            "import_ns = [\"DMA-BUF\"]",
            "symbol namespace",
            "EXPORT_SYMBOL_NS",
        ),
        (
            "softdep = \"loop\"",
            "after `pre:` or `post:`",
            "write `softdep = \"pre: loop\"`",
        ),
        (
            "softdep = \"pre:\"",
            "no module stands after `pre:`",
            "write `softdep",
        ),
        (
            "softdep = \"pre: a post: b,c\"",
            "`b,c` is no module",
            "write `softdep",
        ),
    ] {
        one(module(&format!("{WHOLE}, {more}"), ""), rule, help);
    }
}

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

#[test]
fn objects() {
    for (written, rule, help) in [
        (
            "#[chrdev(mode = 644)] a: A",
            "in octal",
            "write `mode = 0o644`",
        ),
        (
            "#[chrdev(mode = 0o1777)] a: A",
            "permission bits",
            "write `mode = 0o777`",
        ),
        (
            "#[chrdev(perm = 0o644)] a: A",
            "no key `perm`",
            "did you mean `mode`?",
        ),
        (
            "#[chrdev(minors = 0)] a: A",
            "at least one minor",
            "write `minors = 1`",
        ),
        (
            "#[chrdev(minors = 1048577)] a: A",
            "1048576 minors",
            "or less",
        ),
        (
            "#[chrdev(minors = -1)] a: A",
            "takes a number",
            "write `minors = 4`",
        ),
        (
            "#[chrdev(name = \"\")] a: A",
            "not empty",
            "leave the key out",
        ),
        (
            "#[chrdev(name = \"/dev/a\")] a: A",
            "has no folder",
            "write `\"a\"`",
        ),
        (
            "#[chrdev(name = \"a b\")] a: A",
            "visible ASCII",
            "write `\"a_b\"`",
        ),
        (
            "#[chrdev(name = \"..\")] a: A",
            "cannot be called",
            "leave the key out",
        ),
        (
            "#[chrdev(name = \"a\\0\")] a: A",
            "visible ASCII",
            "write `\"a_\"`",
        ),
        ("#[chrdev] é: A", "visible ASCII", "write `\"_\"`"),
        (
            "#[chrdev(\"a\")] a: A",
            "keys with values",
            "its keys are `name`, `mode` and `minors`",
        ),
        (
            "#[chrdev = 3] a: A",
            "in parentheses",
            "write `#[chrdev(…)]`",
        ),
        (
            "#[chardev] a: A",
            "no attribute `chardev`",
            "did you mean `#[chrdev]`?",
        ),
        (
            "#[chrdev] #[sysctl(path = \"a/b\")] a: A",
            "is `#[chrdev]` already",
            "of its own",
        ),
        (
            "#[chrdev] a: A, #[chrdev(name = \"a\")] b: A",
            "a device `a` already",
            "different",
        ),
        (
            "#[chrdev] a: A, #[chrdev_region(name = \"a\")] b: A",
            "a device `a`",
            "different",
        ),
        (
            "#[chrdev_region(minors = 0)] a: A",
            "at least one minor",
            "write `minors = 1`",
        ),
        (
            "#[chrdev_region(mode = 0o600)] a: A",
            "no key `mode`",
            "its keys are",
        ),
        ("#[sysctl] a: A", "has no `path`", "add `path = "),
        (
            "#[sysctl(path = 3)] a: A",
            "takes a string",
            "write `path = ",
        ),
        (
            "#[sysctl(name = \"a/b\")] a: A",
            "no key `name`",
            "did you mean `path`?",
        ),
        (
            "#[sysctl(path = \"a\")] a: A",
            "in a folder",
            "\"module/a\"",
        ),
        ("#[sysctl(path = \"\")] a: A", "in a folder", "ticket/step"),
        (
            "#[sysctl(path = \"a.b\")] a: A",
            "in a folder",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"/a/b\")] a: A",
            "neither begins nor ends",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"a/b/\")] a: A",
            "neither begins nor ends",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"/proc/sys/a/b\")] a: A",
            "below `/proc/sys`",
            "write `\"a/b\"`",
        ),
        (
            "#[sysctl(path = \"a//b\")] a: A",
            "have a name between",
            "leave one",
        ),
        (
            "#[sysctl(path = \"a/../b\")] a: A",
            "goes down only",
            "the folder itself",
        ),
        (
            "#[sysctl(path = \"a/b c\")] a: A",
            "visible ASCII",
            "write `\"a/b_c\"`",
        ),
        (
            "#[sysctl(path = \"a/b\", mode = 0o755)] a: A",
            "executed",
            "write `mode = 0o644`",
        ),
        (
            "#[sysctl(path = \"a/b\", mode = 0)] a: A",
            "read or write",
            "0o644",
        ),
        (
            "#[sysctl(path = \"a/b\", min = 1)] a: A",
            "no key `min`",
            "did you mean `range`?",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 1..)] a: A",
            "two ends",
            "1..=100",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 9..=1)] a: A",
            "holds no value",
            "1..=9",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 0..=256)] a: AtomicU8",
            "256 is no value",
            "0 to 255",
        ),
        (
            "#[sysctl(path = \"a/b\", range = 0..=1)] a: AtomicBool",
            "is a bool",
            "leave",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: A, #[sysctl(path = \"a/b\")] b: A",
            "already",
            "different",
        ),
        (
            "#[sysctl(path = \"a/b\")] a: A, #[sysctl(path = \"a/b/c\")] b: A",
            "folder of",
            "paths",
        ),
        (
            "#[filesystem(name = \"a.b\")] a: A",
            "no `.`",
            "write `\"a_b\"`",
        ),
        (
            "#[filesystem(name = \"a b\")] a: A",
            "visible ASCII",
            "write `\"a_b\"`",
        ),
        (
            "#[filesystem(magic = 0x1_0000_0000)] a: A",
            "32 bits",
            "write `magic = 0x0`",
        ),
        (
            "#[filesystem] a: A, #[filesystem(name = \"a\")] b: A",
            "already",
            "different",
        ),
    ] {
        one(fields(written), rule, help);
    }
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

#[test]
fn impls() {
    for (items, rule, help) in [
        (
            "fn close(&self) {}",
            "no handler `close`",
            "did you mean `release`?",
        ),
        (
            "fn raed(&self) {}",
            "no handler `raed`",
            "did you mean `read`?",
        ),
        (
            "fn helper(&self) {}",
            "no handler `helper`",
            "`impl` of the type itself",
        ),
        (
            "fn read(&self) -> Result<usize> { Ok(0) }",
            "its `UserWriter` counts",
            "write `-> Result`",
        ),
        (
            "type Modul = T;",
            "no type `Modul`",
            "did you mean `Module`?",
        ),
        ("fn read(&mut self) {}", "takes `&self`", "`Mutex`"),
        ("fn read(self) {}", "takes `&self`", "`Mutex`"),
        ("fn read() {}", "no `self`", "write `fn read(&self"),
        (
            "type PerOpen = u8;",
            "no `open` that makes it",
            "add `fn open",
        ),
    ] {
        one(operations(items), rule, help);
    }
    for (source, rule) in [
        ("#[file_operations] impl Dispenser {}", "has no trait"),
        (
            "#[file_operations] impl Clone for Dispenser {}",
            "an `impl FileOperations`",
        ),
        (
            "#[file_operations] struct Dispenser;",
            "belongs on an `impl`",
        ),
        (
            "#[file_operations(mode = 1)] impl FileOperations for D {}",
            "has no keys",
        ),
    ] {
        one(messages(expand(source)), rule, "write `");
    }
}
