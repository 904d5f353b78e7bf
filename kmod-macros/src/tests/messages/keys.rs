// SPDX-License-Identifier: GPL-2.0-only
//! Keys, of all attributes.

use super::{WHOLE, one};
use crate::tests::module;

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
