// SPDX-License-Identifier: GPL-2.0-only
//! The framework as a target machine needs it: the crates that modules stand on, and the tool, as one workspace.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::crates;

/// The crates, and where a clone has them.
const CRATES: &[(&str, &str)] = &[
    ("cargo-kmod", "cargo-kmod"),
    ("kmod-bindings", "kmod-bindings"),
    ("kmod-build", "kmod-build"),
    ("kmod-core", "kmod-core"),
    ("kmod-macros", "kmod-macros"),
    ("kmod-test", "cargo-kmod/guest"),
    ("kmod-verify", "cargo-kmod/verify"),
    ("kmod-vm", "cargo-kmod/vm"),
];

/// Copies them into the folder `to`.
pub fn gather(clone: &Path, to: &Path) -> Result<()> {
    for (name, place) in CRATES {
        crates::copy(name, &clone.join(place), &to.join(place))?;
    }
    let manifest = fs::read_to_string(clone.join("Cargo.toml"))?;
    fs::write(to.join("Cargo.toml"), of_these(&manifest)?)?;
    let lock = fs::copy(clone.join("Cargo.lock"), to.join("Cargo.lock"));
    lock.context("the framework's clone has no Cargo.lock")?;
    Ok(())
}

/// The workspace's manifest with these members alone.
fn of_these(manifest: &str) -> Result<String> {
    let parts = manifest
        .split_once("members = [")
        .and_then(|(before, rest)| {
            let (_, after) = rest.split_once("\n]\n")?;
            Some((before, after))
        });
    let (before, after) = parts.context("the framework's Cargo.toml lists no members")?;
    let members: Vec<&str> = CRATES.iter().map(|(_, place)| *place).collect();
    let after = after.lines().filter(|line| !line.starts_with("exclude = "));
    let after: String = after.map(|line| format!("{line}\n")).collect();
    Ok(format!("{before}members = {members:?}\n{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_has_these_members_alone() {
        let manifest = "[workspace]\nmembers = [\n    \"a\",\n    \"b/*\",\n]\nexclude = [\"c\"]\n\n[profile.dev]\n";
        let text = of_these(manifest).unwrap();
        assert!(
            text.starts_with("[workspace]\nmembers = [\"cargo-kmod\", ")
                && text.ends_with("\"cargo-kmod/vm\"]\n\n[profile.dev]\n"),
            "{text}"
        );
        assert!(of_these("[package]\n").is_err());
    }
}
