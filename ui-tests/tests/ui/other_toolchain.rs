// SPDX-License-Identifier: GPL-2.0-only
//! Another toolchain says other words, but refuses the same cases.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::cases::{self, Crate};
use super::{PINNED, is_pinned};

/// A compiler, the cargo that drives it, and what `rustc --version` says.
struct Toolchain {
    rustc: PathBuf,
    cargo: PathBuf,
    version: String,
}

impl Toolchain {
    fn at(bin: &Path) -> Option<Self> {
        let rustc = bin.join("rustc");
        let cargo = bin.join("cargo");
        let output = Command::new(&rustc).arg("--version").output().ok()?;
        let version = String::from_utf8(output.stdout).ok()?;
        cargo.exists().then_some(Self {
            rustc,
            cargo,
            version,
        })
    }
}

/// The first toolchain of this machine whose messages are not the pinned ones: the distribution's,
/// else one of rustup's.
fn another() -> Option<Toolchain> {
    let home = env::var_os("RUSTUP_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".rustup")))?;
    let mut places = vec![PathBuf::from("/usr/bin")];
    if let Ok(toolchains) = fs::read_dir(home.join("toolchains")) {
        let folders = toolchains.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
        let mut folders: Vec<_> = folders.collect();
        folders.sort();
        places.extend(folders);
    }
    let mut toolchains = places.iter().filter_map(|place| Toolchain::at(place));
    toolchains.find(|toolchain| !is_pinned(&toolchain.version))
}

#[test]
fn another_toolchain_refuses_each_mistake() {
    let Some(toolchain) = another() else {
        eprintln!("no toolchain besides {PINNED} is at hand");
        return;
    };
    let cases = cases::programs("tests/fail");
    let output = Crate::make("other-toolchain", &cases)
        .cargo(&toolchain.cargo)
        .args([
            "check",
            "--bins",
            "--keep-going",
            "--message-format",
            "short",
        ])
        .env("RUSTC", &toolchain.rustc)
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stderr);
    let refused: BTreeSet<&str> = text
        .split("(bin \"")
        .skip(1)
        .filter_map(|part| part.split_once("\") due to ").map(|(name, _)| name))
        .collect();
    let version = &toolchain.version;
    assert!(
        text.contains("could not compile `cases`"),
        "{version}{text}"
    );
    for (index, case) in cases.iter().enumerate() {
        assert!(
            refused.contains(&*format!("case_{index}")),
            "{version}accepts {}",
            case.display()
        );
    }
}
