// SPDX-License-Identifier: GPL-2.0-only
//! C files in a module's crate: what is compiled again after a change, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Said, kmod};

const ONE: &str = "#include <linux/printk.h>\n\
    int NAME_start(u32 number)\n{\n\tpr_info(\"%u\", NAME_next(number));\n\treturn 0;\n}\n";

const TWO: &str = "void NAME_stop(void);\nvoid NAME_stop(void)\n{\n}\n";

const RUST: &str = "#![no_std]\n\
    use kmod_core::prelude::*;\n\
    /// Half of it is C\n\
    #[kernel_module(name = \"NAME\", license = \"GPL\")]\n\
    struct Module;\n\
    impl KernelModule for Module {\n\
    fn init(_: &ModuleParams) -> Result<Self> {\n\
    // SAFETY: It takes any number.\n\
    unsafe { NAME_start(1) };\n\
    Ok(Self)\n\
    }\n\
    }\n\
    #[import_c]\n\
    unsafe extern \"C\" { fn NAME_start(number: u32) -> i32; }\n\
    /// The next number.\n\
    #[export_c]\n\
    fn NAME_next(number: u32) -> u32 { number.wrapping_add(1) }\n";

/// A crate with two C files.
struct Crate {
    name: &'static str,
    folder: tempfile::TempDir,
}

impl Crate {
    fn new(name: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        kmod(folder.path(), &["new", name]).run();
        let krate = Self { name, folder };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        fs::copy(workspace.join("Cargo.lock"), krate.path("Cargo.lock")).unwrap();
        fs::create_dir(krate.path("c")).unwrap();
        for (file, text) in [("src/lib.rs", RUST), ("c/one.c", ONE), ("c/two.c", TWO)] {
            fs::write(krate.path(file), text.replace("NAME", name)).unwrap();
        }
        krate
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(self.name).join(file)
    }

    /// Writes `to` for `from`, which stands in the file.
    fn edit(&self, file: &str, from: &str, to: &str) {
        let file = self.path(file);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(file, text.replace(from, to)).unwrap();
    }

    fn build(&self) -> Said {
        // What the framework's own modules need is not compiled again.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        kmod(&self.path(""), &["build"])
            .env("CARGO_TARGET_DIR", target.as_os_str())
            .run()
    }

    /// The C files that a build compiles.
    fn compiled(&self) -> Vec<&'static str> {
        let said = self.build();
        assert_eq!(said.code, 0, "{said:?}");
        let ko = said
            .out
            .split_whitespace()
            .find(|word| word.ends_with(".ko"));
        let log = self.path("").join(ko.unwrap()).with_file_name("build.log");
        let log = fs::read_to_string(log).unwrap();
        let is_compiled = |file: &&&str| {
            let object = format!("c/{file}.o");
            log.lines()
                .any(|line| line.contains(" CC ") && line.ends_with(&object))
        };
        ["one", "two"].iter().filter(is_compiled).copied().collect()
    }

    fn refused(&self, words: &[&str]) {
        let said = self.build();
        assert_ne!(said.code, 0, "{said:?}");
        for word in words {
            assert!(said.err.contains(word), "no {word:?} in {said:?}");
        }
    }
}

#[test]
fn what_changed_is_compiled_again() {
    let krate = Crate::new("c_changes");
    assert_eq!(krate.compiled(), ["one", "two"]);
    assert_eq!(krate.compiled(), [""; 0]);
    krate.edit("c/two.c", "{\n}", "{\n\treturn;\n}");
    assert_eq!(krate.compiled(), ["two"]);
    // The header says something else.
    krate.edit("src/lib.rs", "The next number.", "A number.");
    assert_eq!(krate.compiled(), ["one", "two"]);
    // And here nothing that C knows.
    krate.edit("src/lib.rs", "wrapping_add(1)", "wrapping_add(2)");
    assert_eq!(krate.compiled(), [""; 0]);
}

#[test]
fn types_that_c_has_otherwise_are_refused() {
    let krate = Crate::new("c_types");
    krate.edit("c/one.c", "(u32 number)", "(u64 number)");
    krate.refused(&["c/one.c", "conflicting types for", "c_types_start"]);
    krate.edit("c/one.c", "(u64 number)", "(u32 number)");
    krate.edit(
        "src/lib.rs",
        "_next(number: u32)",
        "_next(number: u32, _step: u8)",
    );
    krate.refused(&[
        "In function ",
        "c/one.c:4:",
        "too few arguments",
        "c_types_next",
    ]);
}

#[test]
fn a_mistake_in_c_is_shown() {
    let krate = Crate::new("c_mistake");
    krate.edit("c/two.c", "{\n}", "{\n\tnowhere();\n}");
    krate.refused(&["c/two.c:4:", "nowhere"]);
}

#[test]
fn a_function_that_c_does_not_have_is_refused() {
    let krate = Crate::new("c_missing");
    fs::remove_file(krate.path("c/one.c")).unwrap();
    krate.refused(&["c_missing_start"]);
}

/// `kmod-core`, too, would call this one.
#[test]
fn a_name_of_the_kernels_is_refused() {
    let krate = Crate::new("c_kernels");
    krate.edit("src/lib.rs", "c_kernels_next", "_printk");
    krate.refused(&[
        "`fn _printk`, which C calls:",
        "the kernel has a function",
        "= help: ",
    ]);
}

/// Nothing in Rust comes to this panic.
#[test]
fn what_c_calls_may_not_panic_either() {
    let krate = Crate::new("c_panics");
    krate.edit(
        "src/lib.rs",
        "license = \"GPL\"",
        "license = \"GPL\", panic = \"forbid\"",
    );
    assert_eq!(krate.compiled(), ["one", "two"]);
    krate.edit(
        "src/lib.rs",
        "number.wrapping_add(1)",
        "[3, 1, 2][number as usize]",
    );
    krate.refused(&["`panic = \"forbid\"`, but it can panic:", "src/lib.rs:17:"]);
}

#[test]
fn what_others_call_changes_with_the_version_only() {
    let krate = Crate::new("c_exports");
    krate.edit("src/lib.rs", "#[export_c]", "#[export(gpl)]");
    krate.compiled();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let kmods = fs::read_dir(target.join("kmod")).unwrap().flatten();
    let made = kmods
        .map(|folder| folder.path().join("c_exports/c_exports_exports.abi"))
        .find(|file| file.exists());
    let record = krate.path("exports.abi");
    fs::copy(made.unwrap(), &record).unwrap();
    let said = fs::read_to_string(&record).unwrap();
    assert_eq!(said, "version 0.1.0\nu32 c_exports_next(u32 number); GPL\n");
    krate.edit("c/one.c", "_next(number)", "_next(number, 0)");
    krate.edit(
        "src/lib.rs",
        "_next(number: u32)",
        "_next(number: u32, _step: u8)",
    );
    krate.refused(&[
        "what modules call of this one has changed",
        "    u32 c_exports_next(u32 number); GPL",
        "raise `version` in Cargo.toml to 0.2.0",
        "at a release: cp ",
    ]);
    krate.edit("Cargo.toml", "version = \"0.1.0\"", "version = \"0.2.0\"");
    krate.compiled();
    // The Makefile looks at the beginnings of lines.
    krate.edit("src/lib.rs", "#[export(gpl)]", "/* */ #[export(gpl)]");
    krate.refused(&[
        "`#[export] fn c_exports_next`: the Makefile saw no",
        "at the beginning of a line",
    ]);
}
