// SPDX-License-Identifier: GPL-2.0-only
//! What a killed build has left does no harm to the next one, kbuild called directly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::support::kmod;
use crate::tree::kdir;

const RUST: &str = "#![no_std]\n\
    use kmod_core::prelude::*;\n\
    /// Counts\n\
    #[kernel_module(name = \"NAME\", license = \"GPL\", params(\n\
    /// Any number.\n\
    number: u32 = 1,\n\
    ))]\n\
    struct Module;\n\
    impl KernelModule for Module {\n\
    fn init(params: &ModuleParams) -> Result<Self> {\n\
    // SAFETY: It takes any number.\n\
    pr_info!(\"{}\", unsafe { NAME_count(params.number()) });\n\
    Ok(Self)\n\
    }\n\
    }\n\
    #[import_c]\n\
    unsafe extern \"C\" { fn NAME_count(number: u32) -> u32; }\n";

const C: &str =
    "#include <linux/types.h>\nu32 NAME_count(u32 number)\n{\n\treturn number * 2;\n}\n";

/// A crate with Rust and C.
struct Crate {
    folder: tempfile::TempDir,
    name: &'static str,
}

impl Crate {
    fn new(name: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        kmod(folder.path(), &["new", name]).run();
        let krate = Self { folder, name };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        fs::copy(workspace.join("Cargo.lock"), krate.path("Cargo.lock")).unwrap();
        fs::create_dir(krate.path("c")).unwrap();
        for (file, text) in [("src/lib.rs", RUST), ("c/count.c", C)] {
            fs::write(krate.path(file), text.replace("NAME", name)).unwrap();
        }
        krate
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(self.name).join(file)
    }

    /// kbuild, called directly.
    fn kbuild(&self) -> Command {
        // What the framework's own modules need is not compiled again.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut make = Command::new("make");
        make.arg("-C")
            .arg(kdir())
            .arg(format!("M={}", self.path("").display()))
            .arg(format!("CARGO_KMOD={}", env!("CARGO_BIN_EXE_cargo-kmod")))
            .arg("modules")
            .env("CARGO_TARGET_DIR", target)
            .env_remove("MAKEFLAGS");
        make
    }

    fn ko(&self) -> Vec<u8> {
        let made = self.kbuild().output().unwrap();
        assert!(made.status.success(), "{made:?}");
        fs::read(self.path(&format!("{}.ko", self.name))).unwrap()
    }

    /// What a build gives where nothing has been built.
    fn clean(&self) -> Vec<u8> {
        let made = self.kbuild().arg("clean").output().unwrap();
        assert!(made.status.success(), "{made:?}");
        self.ko()
    }
}

#[test]
fn half_written_files_are_made_again() {
    let krate = Crate::new("killed_half");
    let whole = krate.clean();
    let files = [
        "killed_half.ko",
        "killed_half.o",
        "killed_half.mod.o",
        "killed_half.mod.c",
        "killed_half_rust.o",
        "killed_half_rust.h",
        ".killed_half_rust.o.raw",
        ".killed_half_rust.o.tree",
        "c/count.o",
    ];
    for file in files {
        let data = fs::read(krate.path(file)).unwrap();
        // No build is so fast that what it writes has the time of the last one's end: a file system's
        // clock ticks every few milliseconds.
        thread::sleep(Duration::from_millis(20));
        fs::write(krate.path(file), &data[..data.len() / 2]).unwrap();
        assert!(krate.ko() == whole, "{file}");
    }
    // Killed with another object in place, whose copy was not yet written; then all is as before.
    thread::sleep(Duration::from_millis(20));
    fs::write(krate.path("killed_half_rust.o"), "").unwrap();
    assert!(krate.ko() == whole);
}
