// SPDX-License-Identifier: GPL-2.0-only
//! A crate of its own with a program for each case, for tools that trybuild does not run.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The cases in a folder and the folders in it: what has a `main`.
pub fn programs(folder: &str) -> Vec<PathBuf> {
    let all = super::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let programs = all.into_iter().filter(|path| {
        path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("mod.rs")
    });
    programs.collect()
}

/// The crate.
pub struct Crate {
    folder: PathBuf,
}

impl Crate {
    /// Makes it, or makes it anew, below the workspace's `target`.
    pub fn make(name: &str, programs: &[PathBuf]) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut manifest = format!(
            "[package]\nname = \"cases\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
             kmod-core = {{ path = {:?} }}\nui-tests-swap = {{ path = {:?} }}\n",
            here.join("../kmod-core"),
            here.join("swap")
        );
        for (index, program) in programs.iter().enumerate() {
            let _ = write!(
                manifest,
                "[[bin]]\nname = \"case_{index}\"\npath = {program:?}\n"
            );
        }
        let folder = here.join("../target").join(name);
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
        fs::copy(here.join("../Cargo.lock"), folder.join("Cargo.lock"))
            .expect("there is a lock file");
        Self { folder }
    }

    /// A cargo that works on it, apart from the one that runs this test.
    pub fn cargo(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env_remove("RUSTC_WRAPPER")
            .env_remove("RUSTC_WORKSPACE_WRAPPER")
            .env_remove("RUSTUP_TOOLCHAIN")
            .current_dir(&self.folder);
        command
    }
}
