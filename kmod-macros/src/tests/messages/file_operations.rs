// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations]`

use super::one;
use crate::tests::{expand, messages, operations};

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
