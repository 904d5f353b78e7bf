// SPDX-License-Identifier: GPL-2.0-only
//! What the workspace's crates depend on is used, and may be combined with GPL-2.0-only.

use std::fs;
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Licences of which each alone may be combined with GPL-2.0-only.
const COMPATIBLE: [&str; 8] = [
    "MIT",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Unlicense",
    "Unicode-3.0",
    "Zlib",
    "GPL-2.0-only",
];

/// Programs of their own while a module is built: nothing of them is in what is built, and none of
/// our programs is linked with them.
const BUILD_TOOLS: [&str; 1] = ["clang-sys"];

/// Named in a manifest alone, for a feature that it gives to somebody else's dependency.
const FOR_FEATURES: [&str; 1] = ["regex"];

fn metadata() -> Metadata {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut command = MetadataCommand::new();
    command
        .current_dir(root)
        .other_options(["--locked".to_owned()]);
    command.exec().unwrap()
}

/// Whether one of the alternatives of a licence expression is compatible in all its parts.
fn compatible(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let part = |text: &str| COMPATIBLE.contains(&text.trim_matches(['(', ')', ' ']));
    // `(A OR B) AND C`: none of those that are there is nested deeper.
    expression
        .split(" AND ")
        .all(|all| all.split(" OR ").any(part))
}

#[test]
fn licences_are_compatible() {
    assert!(compatible("(MIT OR Apache-2.0) AND Unicode-3.0") && compatible("MIT/Apache-2.0"));
    assert!(!compatible("Apache-2.0") && !compatible("MIT AND Apache-2.0"));
    for package in metadata().packages {
        let licence = package.license.as_deref().unwrap_or("none");
        let is_tool = BUILD_TOOLS.contains(&package.name.as_str());
        assert!(
            is_tool || compatible(licence),
            "{}: {licence}",
            package.name
        );
    }
}

/// All that is written in a package's Rust files.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "target" && (!path.join("Cargo.toml").is_file()) {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

fn unused(package: &Package) -> Vec<String> {
    let mut text = String::new();
    sources(
        package.manifest_path.parent().unwrap().as_std_path(),
        &mut text,
    );
    let dependencies = package.dependencies.iter();
    dependencies
        // What `cargo kmod test` looks for in a module's manifest need not be named in its tests.
        .filter(|d| d.kind != DependencyKind::Development || d.name != "kmod-test")
        .map(|d| d.rename.as_ref().unwrap_or(&d.name).replace('-', "_"))
        .filter(|name| !FOR_FEATURES.contains(&name.as_str()))
        .filter(|name| !text.contains(name.as_str()))
        .collect()
}

#[test]
fn dependencies_are_used() {
    let metadata = metadata();
    let ours = metadata.workspace_packages();
    let lines: Vec<String> = ours
        .iter()
        .map(|package| (package, unused(package)))
        .filter(|(_, unused)| !unused.is_empty())
        .map(|(package, unused)| format!("{}: {}", package.name, unused.join(", ")))
        .collect();
    assert!(lines.is_empty(), "never named:\n{}", lines.join("\n"));
}
