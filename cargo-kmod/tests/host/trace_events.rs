// SPDX-License-Identifier: GPL-2.0-only
//! Trace events: what only the build can refuse.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Said, kmod};

const RUST: &str = "#![no_std]\n\
    use kmod_core::prelude::*;\n\
    /// Is traced\n\
    #[kernel_module(name = \"traced_here\", license = \"GPL\")]\n\
    #[derive(Default)]\n\
    struct Module;\n\
    mod one {\n\
    use kmod_core::prelude::*;\n\
    #[trace_event]\n\
    struct Opened { minor: u32 }\n\
    }\n\
    mod two {\n\
    use kmod_core::prelude::*;\n\
    #[trace_event]\n\
    struct Closed { minor: u32 }\n\
    }\n";

const TRACEPOINT: &str = "#![no_std]\n\
    use kmod_core::prelude::*;\n\
    /// Listens\n\
    #[kernel_module(name = \"traced_here\", license = \"GPL\")]\n\
    #[derive(Default)]\n\
    struct Module {\n\
    #[tracepoint(name = \"signal_generate\")]\n\
    signals: Tracepoint<Signals>,\n\
    }\n\
    #[derive(Default)]\n\
    struct Signals;\n\
    #[handlers]\n\
    impl TracepointHandler for Signals {\n\
    fn hit(&self, _: &TracepointCall<'_, Self>) {}\n\
    }\n";

struct Crate(tempfile::TempDir);

impl Crate {
    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join("traced_here").join(file)
    }

    fn build(&self, source: &str) -> Said {
        fs::write(self.path("src/lib.rs"), source).unwrap();
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        kmod(&self.path(""), &["build"])
            .env("CARGO_TARGET_DIR", target.as_os_str())
            .run()
    }

    fn refused(&self, source: &str, from: &str, to: &str, words: &[&str]) {
        assert!(source.contains(from), "{from}");
        let said = self.build(&source.replace(from, to));
        assert_ne!(said.code, 0, "{said:?}");
        for word in words {
            assert!(said.err.contains(word), "no {word:?} in {said:?}");
        }
    }
}

#[test]
fn what_the_kernel_would_not_trace_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    kmod(folder.path(), &["new", "traced_here"]).run();
    let krate = Crate(folder);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), krate.path("Cargo.lock")).unwrap();

    krate.refused(
        RUST,
        "license = \"GPL\"",
        "license = \"Proprietary\"",
        &[
            "src/lib.rs:14: the kernel takes trace events of modules under the GPL only",
            "= help: write `license = \"GPL\"`, or leave `#[trace_event]` out",
        ],
    );
    krate.refused(
        RUST,
        "Closed",
        "Opened",
        &[
            "the trace event of src/lib.rs:",
            "is called `opened`, too",
            "= help: give one of the structs another name",
        ],
    );
    // What `current` is in C, no field can be called.
    krate.refused(
        RUST,
        "struct Closed { minor: u32 }",
        "struct Closed { current: u32 }",
        &[
            "src/lib.rs:14: a field cannot be called `current` in a trace event: the kernel's C has a macro of that name",
            "= help: take another name",
        ],
    );
    // `min` is one only before a parenthesis.
    let said = krate.build(&RUST.replace("Closed { minor", "Closed { min"));
    assert_eq!(said.code, 0, "{said:?}");
    // Tracepoints of the kernel's are as its headers have them.
    krate.refused(
        TRACEPOINT,
        "signal_generate",
        "signal_made",
        &[
            "no header of this kernel's in `trace/events` declares a tracepoint `signal_made`",
            "= help: take a name in /sys/kernel/tracing/available_events",
        ],
    );
    let elsewhere =
        |header: &str| format!("\"signal_generate\", header = \"trace/events/{header}\"");
    krate.refused(
        TRACEPOINT,
        "\"signal_generate\"",
        &elsewhere("task.h"),
        &[
            "`trace/events/task.h` declares no tracepoint `signal_generate` by its prototype",
            "= help: say which header does",
        ],
    );
    krate.refused(
        TRACEPOINT,
        "\"signal_generate\"",
        &elsewhere("nowhere.h"),
        &["this kernel has no header `trace/events/nowhere.h`"],
    );
    // What was refused leaves nothing behind, and what is the same again is not made again.
    let said = krate.build(RUST);
    assert_eq!(said.code, 0, "{said:?}");
    let said = krate.build(RUST);
    assert_eq!(said.code, 0, "{said:?}");
}
