// SPDX-License-Identifier: GPL-2.0-only
//! Where a crate gets the framework's crates from, which it names by version and which are not on
//! crates.io: a configuration of cargo's, beside the manifest and out of what others get, leads to the
//! clone that this program was installed from. So a crate has no path of one machine in it.

use crate::error::{host, usage};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use cargo_metadata::Metadata;

/// The framework's crates that others name, and where a clone has them.
const CRATES: [(&str, &str); 4] = [
    ("kmod-bindings", "kmod-bindings"),
    ("kmod-build", "kmod-build"),
    ("kmod-core", "kmod-core"),
    ("kmod-test", "cargo-kmod/guest"),
];

/// By the first line we know our own file.
const HEADER: &str =
    "# Written by `cargo kmod`, for this machine alone: where the framework's crates are,";

/// The names of the framework's crates that others name, and where a clone has them.
pub fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    CRATES.into_iter()
}

/// The folder of the clone that this program was built in; none if it came from a registry, which has the
/// others, too.
fn clone() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ends_with("cargo-kmod")
        .then(|| own.parent().unwrap_or(own).to_owned())
}

/// The folder that holds the framework's source: `given`, or the clone; none where a registry has it.
///
/// # Errors
///
/// When it is not there, with what to do.
pub fn source(given: Option<&Path>) -> Result<Option<PathBuf>> {
    let Some(path) = given.map(Path::to_owned).or_else(clone) else {
        return Ok(None);
    };
    if !is_source(&path) {
        bail!(
            usage(format!(
                "{} does not hold the framework's source (kmod-core)",
                path.display()
            ))
            .help("name the folder of its clone with --kmod-path")
        );
    }
    let path = path
        .canonicalize()
        .with_context(|| path.display().to_string())?;
    Ok(Some(path))
}

fn is_source(folder: &Path) -> bool {
    folder.join("kmod-core/Cargo.toml").is_file()
}

/// Writes the configuration of a workspace whose crates name the framework's by version, unless it is
/// there and leads to a clone.
///
/// # Errors
///
/// When there is no clone to lead to, or the configuration is the user's own, with what to do.
pub fn provide(metadata: &Metadata) -> Result<()> {
    let Some(clone) = clone() else {
        return Ok(());
    };
    provide_from(metadata, &clone)
}

/// The same, from a certain clone.
pub fn provide_from(metadata: &Metadata, clone: &Path) -> Result<()> {
    let wanted = by_version(metadata);
    let root = metadata.workspace_root.as_std_path();
    if wanted.is_empty() || has_patch(&root.join("Cargo.toml")) {
        return Ok(());
    }
    let folder = root.join(".cargo");
    let file = folder.join("config.toml");
    let old = fs::read_to_string(&file).ok();
    let is_named = |text: &str, name: &str| {
        let mut lines = text.lines().map(str::trim_start);
        lines.any(|line| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        })
    };
    let has_all = |text: &str| wanted.iter().all(|name| is_named(text, name));
    let used = match &old {
        Some(old) if !old.starts_with(HEADER) => {
            if has_all(old) {
                return Ok(());
            }
            bail!(
                usage(format!(
                    "{} does not say where the framework's crates are, which are not on \
                     crates.io",
                    file.display()
                ))
                .help(format!("add to it:\n{}", patch(&wanted, clone)))
            );
        }
        Some(old) => path_of(old, "kmod-core").filter(|core| core.join("Cargo.toml").is_file()),
        None => None,
    };
    let used = used.as_deref().and_then(Path::parent).unwrap_or(clone);
    if !is_source(used) {
        let was = old.and_then(|old| path_of(&old, "kmod-core"));
        let was = was.as_deref().and_then(Path::parent).unwrap_or(clone);
        bail!(
            host(format!(
                "the framework's source is not in {} any more, and not on crates.io",
                was.display()
            ))
            .help(
                "install cargo-kmod from where its clone is now: cargo install --path \
                 CLONE/cargo-kmod"
            )
        );
    }
    let text = format!(
        "{HEADER}\n# which are not on crates.io. `cargo kmod` of others writes theirs.\n{}",
        patch(&wanted, used)
    );
    if old.as_ref() == Some(&text) {
        return Ok(());
    }
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join(".gitignore"), "/.gitignore\n/config.toml\n"))
        .and_then(|()| fs::write(&file, text));
    written.with_context(|| format!("cannot write {}", file.display()))
}

/// Which of the framework's crates the workspace's name by version.
fn by_version(metadata: &Metadata) -> BTreeSet<&'static str> {
    let dependencies = metadata.packages.iter().flat_map(|one| &one.dependencies);
    let named = dependencies.filter(|one| one.path.is_none() && one.registry.is_none());
    let named = named.filter(|one| {
        let source = one.source.as_ref().map(|source| source.repr.as_str());
        source.is_some_and(|source| source.starts_with("registry+"))
    });
    let ours = named.filter_map(|one| CRATES.iter().find(|(name, _)| *name == one.name));
    ours.map(|(name, _)| *name).collect()
}

/// Whether the manifest itself says where crates are.
fn has_patch(manifest: &Path) -> bool {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    let mut lines = text.lines();
    lines.any(|line| line.trim_start().starts_with("[patch"))
}

fn patch(names: &BTreeSet<&str>, clone: &Path) -> String {
    let mut text = "[patch.crates-io]\n".to_owned();
    for (name, place) in CRATES.iter().filter(|(name, _)| names.contains(name)) {
        let path = clone.join(place);
        let _ = writeln!(
            text,
            "{name} = {{ path = {:?} }}",
            path.display().to_string()
        );
    }
    text
}

/// The path that a configuration gives to a crate.
fn path_of(text: &str, name: &str) -> Option<PathBuf> {
    let mut lines = text.lines().map(str::trim_start);
    lines.find_map(|line| {
        let rest = line.strip_prefix(name)?.trim_start().strip_prefix('=')?;
        let (_, path) = rest.split_once("path")?;
        Some(PathBuf::from(path.split('"').nth(1)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error;

    /// A crate that names two of them by version, and one of its own.
    fn krate(folder: &Path) -> Metadata {
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("src/lib.rs"), "").unwrap();
        let manifest = "[package]\nname = \"m\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
                                            kmod-core = \"=0.1.0\"\n[dev-dependencies]\nkmod-test = \"=0.1.0\"\n";
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        crate::package::read_metadata(folder).unwrap()
    }

    fn clone(folder: &Path) {
        fs::create_dir_all(folder.join("kmod-core")).unwrap();
        fs::write(folder.join("kmod-core/Cargo.toml"), "").unwrap();
    }

    #[test]
    fn the_configuration_follows_the_clone() {
        let folder = tempfile::tempdir().unwrap();
        let [krate_dir, one, two] = ["m", "one", "two"].map(|name| folder.path().join(name));
        let metadata = krate(&krate_dir);
        let config = krate_dir.join(".cargo/config.toml");
        let leads_to = || {
            let text = fs::read_to_string(&config).unwrap();
            assert!(
                path_of(&text, "kmod-test").is_some() && !text.contains("kmod-build"),
                "{text}"
            );
            path_of(&text, "kmod-core").unwrap()
        };
        let said = error::message(&provide_from(&metadata, &one).unwrap_err());
        assert!(
            said.contains("not in ") && said.contains("= help: install"),
            "{said}"
        );
        clone(&one);
        provide_from(&metadata, &one).unwrap();
        assert_eq!(leads_to(), one.join("kmod-core"));
        // One that was chosen stays, as long as it is there.
        clone(&two);
        provide_from(&metadata, &two).unwrap();
        assert_eq!(leads_to(), one.join("kmod-core"));
        fs::remove_dir_all(&one).unwrap();
        provide_from(&metadata, &two).unwrap();
        assert_eq!(leads_to(), two.join("kmod-core"));
        fs::remove_dir_all(&two).unwrap();
        let said = error::message(&provide_from(&metadata, &one).unwrap_err());
        assert!(
            said.contains(&format!("not in {} any more", two.display())),
            "{said}"
        );
    }

    #[test]
    fn the_users_own_configuration_stays() {
        let folder = tempfile::tempdir().unwrap();
        let [krate_dir, one] = ["m", "one"].map(|name| folder.path().join(name));
        let metadata = krate(&krate_dir);
        clone(&one);
        let config = krate_dir.join(".cargo/config.toml");
        fs::create_dir(krate_dir.join(".cargo")).unwrap();
        fs::write(&config, "[net]\noffline = true\n").unwrap();
        let said = error::message(&provide_from(&metadata, &one).unwrap_err());
        let (_, lines) = said.split_once("= help: add to it:\n").unwrap();
        fs::write(&config, format!("[net]\noffline = true\n{lines}")).unwrap();
        provide_from(&metadata, &one).unwrap();
    }
}
