// SPDX-License-Identifier: GPL-2.0-only
//! What is the same for all crates is compiled once: by a verb or by `make`, for a verb and for `make`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::{Object as _, ObjectSection as _};

use crate::support::kmod;
use crate::tree::kdir;

/// A new crate, whose target folder is its own.
struct Crate {
    folder: tempfile::TempDir,
}

/// The crates that a build compiled, and the module.
type Made = (Vec<String>, Vec<u8>);

impl Crate {
    /// Both have the same name.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        kmod(folder.path(), &["new", "units"]).run();
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let krate = Self { folder };
        fs::copy(workspace.join("Cargo.lock"), krate.path("Cargo.lock")).unwrap();
        krate
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("units").join(file)
    }

    fn make(&self) -> Made {
        let made = Command::new("make")
            .current_dir(self.path(""))
            .arg(format!("KDIR={}", kdir().display()))
            .arg(format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod")))
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("MAKEFLAGS")
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let said = String::from_utf8_lossy(&made.stderr);
        (compiled(&said), sections(&self.path("units.ko")))
    }

    fn build(&self) -> Made {
        let said = kmod(&self.path(""), &["build", "-v"]).run();
        assert_eq!(said.code, 0, "{said:?}");
        let mut words = said.out.split_whitespace();
        let ko = words.rfind(|word| word.ends_with(".ko")).unwrap();
        (compiled(&(said.err + &said.out)), sections(Path::new(ko)))
    }
}

fn compiled(said: &str) -> Vec<String> {
    let lines = said.lines().filter_map(|line| line.split_once("RUST    "));
    lines.map(|(_, name)| name.trim().to_owned()).collect()
}

/// What is loaded of a module.
fn sections(ko: &Path) -> Vec<u8> {
    let data = fs::read(ko).unwrap();
    let file = object::File::parse(&*data).unwrap();
    let names = [".text", ".init.text", ".rodata", ".data", ".modinfo"];
    let sections = file.sections();
    let sections = sections.filter(|one| names.contains(&one.name().unwrap()));
    sections
        .flat_map(|one| one.data().unwrap().to_vec())
        .collect()
}

#[test]
fn a_second_crate_compiles_only_itself() {
    let krate = Crate::new();
    // The first one compiles what this machine has not compiled yet.
    let (_, first) = krate.make();
    // While another test's build gives the same to the machine, one more may have to compile some of it.
    let mut others = (0..3).map(|_| Crate::new().build());
    let (mut compiled, mut made) = others.next().unwrap();
    while compiled != ["units"] {
        eprintln!("{compiled:?}");
        (compiled, made) = others.next().expect("one that compiles only itself");
    }
    assert_eq!(first, made);
}

#[test]
fn the_cache_is_listed_and_cleaned() {
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("compiler/host/dep-0123456789abcdef");
    fs::create_dir_all(unit.join("deps")).unwrap();
    fs::write(unit.join("deps/libdep.rlib"), vec![0; 3_000_000]).unwrap();
    let run = |args: &[&str]| {
        let run = kmod(Path::new("/"), args);
        run.env("CARGO_KMOD_UNITS", folder.path().as_os_str()).run()
    };
    let said = run(&["cache"]);
    let line = said
        .out
        .lines()
        .find(|line| line.starts_with("compiler/host "));
    let words: Vec<&str> = line.unwrap().split_whitespace().collect();
    assert_eq!(words, ["compiler/host", "1", "3", "MB"], "{said:?}");
    let said = run(&["cache", "clean"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!unit.exists());
    assert!(!run(&["cache"]).out.contains("compiler"));
    // Nowhere to keep anything.
    let said = kmod(Path::new("/"), &["cache"])
        .env("CARGO_KMOD_UNITS", OsStr::new(""))
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("nothing is kept"), "{said:?}");
}
