// SPDX-License-Identifier: GPL-2.0-only
//! The distribution's build folder, and copies of it with another configuration.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that `cargo kmod build` builds for: doctor says which.
pub fn kdir() -> PathBuf {
    let said = crate::support::kmod(Path::new("/"), &["doctor"]).run().out;
    let line = said
        .lines()
        .find_map(|line| line.strip_prefix("ok       kernel to build for: "))
        .unwrap_or_else(|| panic!("no kernel headers: {said}"));
    let (_, kdir) = line.split_once(" in ").expect("RELEASE in FOLDER");
    PathBuf::from(kdir)
}

/// A copy of a build folder.
pub struct Tree {
    folder: tempfile::TempDir,
}

impl Tree {
    /// A copy of the distribution's folder: some megabytes, its sources stay where they are.
    pub fn copy() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the copy");
        let copied = Command::new("cp")
            .arg("-rL")
            .arg("--no-preserve=mode")
            .arg(kdir().join("."))
            .arg(folder.path())
            .status();
        assert!(copied.expect("cp is there").success());
        let mut scripts = Command::new("chmod");
        scripts
            .args(["-R", "+x"])
            .args([folder.path().join("scripts"), folder.path().join("tools")]);
        assert!(scripts.status().expect("chmod is there").success());
        Self { folder }
    }

    /// With lines of the configuration changed: `CONFIG_X=y` or, for one that is not set, `CONFIG_X`.
    pub fn with(self, options: &[&str]) -> Self {
        for option in options {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            self.edit("include/config/auto.conf", |line| {
                !line.starts_with(&format!("{name}="))
            });
            self.edit("include/generated/autoconf.h", |line| {
                !line.starts_with(&format!("#define {name} "))
            });
            if !value.is_empty() {
                self.append("include/config/auto.conf", &format!("{name}={value}\n"));
                let value = if value == "y" { "1" } else { value };
                let define = format!("#define {name} {value}\n");
                self.append("include/generated/autoconf.h", &define);
            }
        }
        self
    }

    /// Keeps the lines of a file for which `keep` holds.
    pub fn edit(&self, file: &str, keep: impl Fn(&str) -> bool) {
        let file = self.path().join(file);
        let text = fs::read_to_string(&file).expect("the copy has it");
        let text: String = text
            .lines()
            .filter(|line| keep(line))
            .map(|line| format!("{line}\n"))
            .collect();
        fs::write(&file, text).expect("the copy can be written to");
    }

    /// Adds a line to a file.
    pub fn append(&self, file: &str, line: &str) {
        let file = self.path().join(file);
        let text = fs::read_to_string(&file).expect("the copy has it");
        fs::write(&file, text + line).expect("the copy can be written to");
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}
