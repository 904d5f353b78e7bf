// SPDX-License-Identifier: GPL-2.0-only
//! How a machine that has nothing yet gets `cargo kmod`, as the files for forges say it.

use std::path::Path;
use std::process::Command;

/// The command, for a framework whose clone is `source`, or that is a registry's.
pub fn install(source: Option<&Path>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let Some(clone) = source else {
        return format!("cargo install cargo-kmod@{version}");
    };
    match address(clone) {
        Some(address) => format!("cargo install --git {address} cargo-kmod"),
        None => "cargo install --git \"${KMOD_REPOSITORY:?is to be the address of a clone of the \
                 framework}\" cargo-kmod"
            .to_owned(),
    }
}

/// What a job on GitHub, which has a repository's variables for its asking, asks for.
pub fn env(source: Option<&Path>) -> String {
    match source.map(address) {
        Some(None) => "    env:\n      KMOD_REPOSITORY: ${{ vars.KMOD_REPOSITORY }}\n".to_owned(),
        _ => String::new(),
    }
}

/// An address from which everybody has what a clone holds. Others may have secrets in them, and no place in a
/// file that is given away; the forge's settings say it then, in a variable.
fn address(clone: &Path) -> Option<String> {
    origin(clone).filter(|address| is_public(address))
}

/// Where a clone is from.
fn origin(clone: &Path) -> Option<String> {
    let mut command = Command::new("git");
    let asked = command.args(["remote", "get-url", "origin"]);
    let output = asked.current_dir(clone).output().ok()?;
    let address = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| address.trim().to_owned())
}

/// Whether an address needs no user's name, and nothing that a shell or YAML would change.
fn is_public(address: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._~-".contains(c);
    let rest = address.strip_prefix("https://");
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_comes_into_a_file() {
        assert!(is_public("https://forge.example/kmod/kmod.git"));
        for address in [
            "https://user:secret@forge.example/kmod.git",
            "git@forge.example:kmod.git",
            "/home/me/kmod",
            "https://forge.example/$(id)",
            "https://",
        ] {
            assert!(!is_public(address), "{address}");
        }
    }

    #[test]
    fn a_clone_without_an_origin_is_named_by_the_forge() {
        let folder = tempfile::tempdir().unwrap();
        let git = |args: &[&str]| {
            let mut command = Command::new("git");
            let status = command.args(args).current_dir(folder.path()).status();
            assert!(status.unwrap().success());
        };
        git(&["init", "--quiet"]);
        let clone = Some(folder.path());
        for text in [install(clone), env(clone)] {
            assert!(text.contains("KMOD_REPOSITORY"), "{text}");
        }
        git(&["remote", "add", "origin", "https://forge.example/kmod.git"]);
        assert_eq!(
            install(clone),
            "cargo install --git https://forge.example/kmod.git cargo-kmod"
        );
        assert_eq!(env(clone), "");
    }
}
