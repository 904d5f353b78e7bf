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
    ] {
        one(messages(expand(source)), rule, "write `");
    }
}

#[test]
fn keys() {
    for (keys, items, rule, help) in [
        ("mode = 0o444", "", "has no key `mode`", "its keys are"),
        (
            "llseek = 5",
            "",
            "takes a name of the kernel's",
            "write `llseek =",
        ),
        (
            "llseek = noop_lseek",
            "",
            "cannot be `noop_lseek`",
            "did you mean `noop_llseek`?",
        ),
        ("llseek = no_llseek", "", "cannot be `no_llseek`", "ESPIPE"),
        (
            "llseek = stream_open",
            "",
            "cannot be `stream_open`",
            "the kernel has `default_llseek`",
        ),
        (
            "llseek = fixed_size_llseek",
            "",
            "needs the size",
            "fixed_size_llseek(4096)",
        ),
        (
            "llseek = noop_llseek(1)",
            "",
            "takes nothing",
            "write `llseek = noop_llseek`",
        ),
        (
            "llseek = noop_llseek",
            "fn llseek(&self) {}",
            "a handler `llseek`, too",
            "leave out",
        ),
        (
            "open = stream_open, llseek = noop_llseek",
            "",
            "never calls `llseek`",
            "leave out one",
        ),
        (
            "open = nonseekable_open",
            "fn llseek(&self) {}",
            "never calls `llseek`",
            "leave out one",
        ),
        (
            "splice_read = generic_file_splice_read",
            "fn read_iter(&self) {}",
            "cannot be `generic_file_splice_read`",
            "copy_splice_read",
        ),
        (
            "splice_read = copy_splice_read",
            "fn read(&self) {}",
            "calls `read_iter`, which is not there",
            "instead of `read`",
        ),
        (
            "splice_write = iter_file_splice_write",
            "fn write(&self) {}",
            "calls `write_iter`, which is not there",
            "instead of `write`",
        ),
        (
            "rwf = RWF_NOWAIT",
            "fn read(&self) {}",
            "there is neither",
            "`read_iter`",
        ),
        (
            "",
            "fn splice_read(&self) {}",
            "no handler `splice_read`",
            "splice_read = copy_splice_read",
        ),
    ] {
        let source =
            format!("#[file_operations({keys})] impl FileOperations for Dispenser {{ {items} }}");
        one(messages(expand(&source)), rule, help);
    }
}
