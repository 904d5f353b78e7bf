// SPDX-License-Identifier: GPL-2.0-only
//! Another toolchain says other words, but refuses the same cases.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

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

/// A crate with a program for each case.
fn manifest(cases: &[PathBuf]) -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = format!(
        "[package]\nname = \"cases\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         kmod-core = {{ path = {:?} }}\n",
        here.join("../kmod-core")
    );
    for (index, case) in cases.iter().enumerate() {
        let _ = write!(text, "[[bin]]\nname = \"case_{index}\"\npath = {case:?}\n");
    }
    text
}

#[test]
fn another_toolchain_refuses_each_mistake() {
    let Some(toolchain) = another() else {
        eprintln!("no toolchain besides {PINNED} is at hand");
        return;
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases: Vec<PathBuf> = super::files(&here.join("tests/fail"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    let folder = here.join("../target/other-toolchain");
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join("Cargo.toml"), manifest(&cases)).expect("the manifest can be written");
    fs::copy(here.join("../Cargo.lock"), folder.join("Cargo.lock")).expect("there is a lock file");
    let output = Command::new(&toolchain.cargo)
        .args([
            "check",
            "--bins",
            "--keep-going",
            "--message-format",
            "short",
        ])
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTC_WRAPPER")
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .env_remove("RUSTUP_TOOLCHAIN")
        .current_dir(&folder)
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
