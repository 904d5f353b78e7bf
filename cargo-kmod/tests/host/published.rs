// SPDX-License-Identifier: GPL-2.0-only
//! The crates as a registry would have them.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use cargo_metadata::{MetadataCommand, Package};

use crate::support::kmod;

const CRATES: [&str; 8] = [
    "kmod-build",
    "kmod-bindings",
    "kmod-macros",
    "kmod-core",
    "kmod-test",
    "kmod-verify",
    "kmod-vm",
    "cargo-kmod",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn packages() -> Vec<Package> {
    let mut command = MetadataCommand::new();
    let metadata = command.current_dir(root()).no_deps().exec().unwrap();
    metadata.packages
}

#[test]
fn each_crate_says_what_it_is_or_stays_here() {
    for package in packages() {
        let name = package.name.as_str();
        let is_published = package.publish.as_ref().is_none_or(|to| !to.is_empty());
        assert_eq!(is_published, CRATES.contains(&name), "{name}");
        if is_published {
            let texts = [
                &package.description,
                &package.license,
                &package.documentation,
            ];
            assert!(texts.iter().all(|text| text.is_some()), "{name}");
            let lists = [&package.keywords, &package.categories];
            assert!(
                lists.iter().all(|list| (1..=5).contains(&list.len())),
                "{name}"
            );
            let folder = package.manifest_path.parent().unwrap();
            assert!(
                folder.join(package.readme.as_deref().unwrap()).is_file(),
                "{name}"
            );
        }
    }
}

/// A place without what goes up in it.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    plain
}

#[test]
fn nothing_outside_of_its_folder_is_compiled_in() {
    let packages = packages();
    for package in packages
        .iter()
        .filter(|one| CRATES.contains(&one.name.as_str()))
    {
        let folder = package.manifest_path.parent().unwrap().as_std_path();
        let mut folders = vec![folder.join("src")];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(at).unwrap().map(Result::unwrap) {
                let file = entry.path();
                if file.is_dir() {
                    folders.push(file);
                    continue;
                }
                let text = fs::read_to_string(&file).unwrap();
                for part in text.split("include_str!(\"").skip(1) {
                    let named = file.parent().unwrap().join(part.split('"').next().unwrap());
                    assert!(plain(&named).starts_with(folder), "{}", file.display());
                }
            }
        }
    }
}

/// Compiles the framework once more: `cargo test -p cargo-kmod --test host published -- --ignored`.
#[test]
#[ignore = "takes a minute, and the bindings once more"]
fn a_new_crate_is_built_against_the_packaged_ones() {
    let folder = tempfile::tempdir().unwrap();
    let mut package = Command::new(env!("CARGO"));
    package
        .args([
            "package",
            "--no-verify",
            "--offline",
            "--allow-dirty",
            "--target-dir",
        ])
        .arg(folder.path())
        .args(CRATES.iter().flat_map(|name| ["-p", name]))
        .current_dir(root());
    assert!(package.status().unwrap().success());

    kmod(folder.path(), &["new", "packaged"]).run();
    let krate = folder.path().join("packaged");
    let own = env!("CARGO_PKG_VERSION");
    let patches = CRATES[..5]
        .iter()
        .map(|name| format!("{name} = {{ version = \"={own}\", registry = \"packaged\" }}\n"));
    let registry = folder.path().join("package/tmp-registry");
    let config = format!(
        "[registries.packaged]\nindex = \"https://packaged.invalid/index\"\n\
         [source.packaged]\nregistry = \"https://packaged.invalid/index\"\nreplace-with = \"local\"\n\
         [source.local]\nlocal-registry = {registry:?}\n\
         [patch.crates-io]\n{}",
        patches.collect::<String>()
    );
    fs::write(krate.join(".cargo/config.toml"), config).unwrap();
    // What is of a registry never changes, and is kept; this one does.
    let said = kmod(&krate, &["build", "--offline"])
        .env("CARGO_KMOD_UNITS", "".as_ref())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    let lock = fs::read_to_string(krate.join("Cargo.lock")).unwrap();
    assert!(
        lock.contains("name = \"kmod-core\"") && lock.contains("packaged.invalid"),
        "{lock}"
    );
}
