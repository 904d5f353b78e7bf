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
        // What the framework's own modules need is not compiled again.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        kmod(&self.dir, &["build"])
            .env("CARGO_TARGET_DIR", target.as_os_str())
            .run()
    }
}

fn expect(said: &Said, code: i32, words: &[&str]) {
    assert_eq!(said.code, code, "{said:?}");
    for word in words {
        assert!(said.err.contains(word), "no {word:?} in {said:?}");
    }
}

#[test]
fn mistakes_are_the_authors_and_warnings_are_shown() {
    let krate = Crate::new("mistakes");
    let warned = "warning: function `unused` is never used";
    for _ in 0..2 {
        expect(&krate.build("", "fn unused() {}\n"), 0, &[warned]);
    }

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

    let float = [
        "__adddf3 (a float), in ",
        "Table<mistakes::",
        "\n= help: a kernel has no floats",
    ];
    let statement = "if pos as f64 + 2.5 > 7.0 { return Err(EBUSY); }";
    expect(&krate.build(statement, ""), 1, &float);
}
