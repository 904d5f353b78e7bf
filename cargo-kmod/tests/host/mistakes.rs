// SPDX-License-Identifier: GPL-2.0-only
//! What an author does wrong is the build's exit code 1, is said with what to do, and warnings of what
//! is built are shown.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Said, kmod};

/// A new crate, whose `lib.rs` and Makefile are edited.
struct Crate {
    dir: PathBuf,
    lib: String,
    _folder: tempfile::TempDir,
}

impl Crate {
    fn new(name: &str) -> Crate {
        let folder = tempfile::tempdir().unwrap();
        kmod(folder.path(), &["new", name]).run();
        let dir = folder.path().join(name);
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, dir.join("Cargo.lock")).unwrap();
        Crate {
            lib: fs::read_to_string(dir.join("src/lib.rs")).unwrap(),
            dir,
            _folder: folder,
        }
    }

    /// Builds it with `more` at its end, and `statement` in its handler.
    fn build(&self, statement: &str, more: &str) -> Said {
        let call = "        to.write_fmt_from";
        assert!(self.lib.contains(call), "{}", self.lib);
        let lib = self.lib.replace(call, &format!("{statement}\n{call}"));
        fs::write(self.dir.join("src/lib.rs"), lib + more).unwrap();
        kmod(&self.dir, &["build"])
            .env("CARGO_TARGET_DIR", Self::target().as_os_str())
            .run()
    }

    /// What the framework's own modules need is not compiled again.
    fn target() -> &'static Path {
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
    }
}

fn expect(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    for word in words {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
}

/// And those that it has in common with the module once.
fn warnings_of_test_programs_are_shown(krate: &Crate, of_both: &str) {
    let program = krate.dir.join("tests/mistakes.rs");
    let text = fs::read_to_string(&program).unwrap();
    fs::write(&program, format!("{text}\nfn untested() {{}}\n")).unwrap();
    let said = kmod(&krate.dir, &["test", "--dry-run"])
        .env("CARGO_TARGET_DIR", Crate::target().as_os_str())
        .run();
    expect(&said, 0, &["warning: function `untested` is never used"]);
    assert_eq!(said.err.matches(of_both).count(), 1, "{said:?}");
}

#[test]
fn mistakes_are_the_authors_and_warnings_are_shown() {
    let krate = Crate::new("mistakes");
    let warned = "warning: function `unused` is never used";
    let c = krate.dir.join("c/unused.c");
    fs::create_dir(krate.dir.join("c")).unwrap();
    fs::write(&c, "static int unused_too(void)\n{\n\treturn 1;\n}\n").unwrap();
    let both = [warned, "c/unused.c:1:12: warning: ", "unused_too"];
    expect(&krate.build("", "fn unused() {}\n"), 0, &both);
    fs::remove_dir_all(krate.dir.join("c")).unwrap();
    expect(&krate.build("", "fn unused() {}\n"), 0, &[warned]);
    warnings_of_test_programs_are_shown(&krate, warned);

    let makefile = krate.dir.join("Makefile");
    let text = fs::read_to_string(&makefile).unwrap();
    fs::write(
        &makefile,
        text.replace("NAME := mistakes", "NAME := errors"),
    )
    .unwrap();
    let names = [
        "`NAME := errors` in ",
        "mistakes/Makefile, and `name = \"mistakes\"`",
        "\n= help: ",
    ];
    expect(&krate.build("", "fn unused() {}\n"), 1, &names);
    fs::write(&makefile, &text).unwrap();

    expect(
        &krate.build("", "fn wrong() -> u32 { \"\" }\n"),
        1,
        &["error[E0308]"],
    );

    let call = krate
        .lib
        .lines()
        .position(|line| line.contains("write_fmt_from"));
    let float = format!("__adddf3 (a float), --> src/lib.rs:{}\n", call.unwrap() + 1);
    let float = [&*float, "\n= help: a kernel has no floats"];
    let statement = "if pos as f64 + 2.5 > 7.0 { return Err(EBUSY); }";
    expect(&krate.build(statement, ""), 1, &float);
}
