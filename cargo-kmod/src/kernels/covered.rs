// SPDX-License-Identifier: GPL-2.0-only
//! What a workspace's tests cover: `[workspace.metadata.kmod] kernels` in its Cargo.toml.

use crate::error::usage;
use anyhow::{Result, bail};
use cargo_metadata::Metadata;
use serde::Deserialize;

/// A kernel, and the packages whose tests run on it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(from = "Entry")]
pub struct Covered {
    /// What `-k` calls it.
    pub kernel: String,
    /// The packages; without a list all of them.
    pub packages: Option<Vec<String>>,
}

impl Covered {
    /// A kernel on which the tests of all packages run.
    pub fn whole(kernel: String) -> Self {
        Self {
            kernel,
            packages: None,
        }
    }
}

/// How it is written: `"6.1"`, or `{ kernel = "6.1", packages = ["one"] }`.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Entry {
    Whole(String),
    Part {
        kernel: String,
        packages: Vec<String>,
    },
}

impl From<Entry> for Covered {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Whole(kernel) => Self::whole(kernel),
            Entry::Part { kernel, packages } => Self {
                kernel,
                packages: Some(packages),
            },
        }
    }
}

/// What the workspace lists; nothing if it has no list.
pub fn covered(metadata: &Metadata) -> Result<Vec<Covered>> {
    let value = &metadata.workspace_metadata["kmod"]["kernels"];
    if value.is_null() {
        return Ok(Vec::new());
    }
    let covered: Vec<Covered> = serde_json::from_value(value.clone()).map_err(|_| {
        usage("workspace.metadata.kmod.kernels in Cargo.toml is no list of kernels")
            .help("kernels = [\"6.1\", { kernel = \"5.10\", packages = [\"one\", \"two\"] }]")
    })?;
    let named = covered.iter().flat_map(|covered| &covered.packages);
    for name in named.flatten() {
        if !metadata
            .packages
            .iter()
            .any(|package| package.name == name.as_str())
        {
            bail!(usage(format!(
                "workspace.metadata.kmod.kernels in Cargo.toml names `{name}`, which is no package of \
                 the workspace"
            )));
        }
    }
    Ok(covered)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::kernels::table;

    fn ours() -> Vec<Covered> {
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        covered(&crate::package::metadata(here).unwrap()).unwrap()
    }

    #[test]
    fn our_own_tests_cover_each_series_and_name_no_unknown_kernel() {
        let ours = ours();
        for entry in &ours {
            assert!(table::find(&entry.kernel).is_some(), "{}", entry.kernel);
        }
        for series in table::TABLE {
            let entry = ours.iter().find(|entry| entry.kernel == series.name);
            assert!(entry.is_some(), "{}", series.name);
        }
        for series in [table::TABLE.first(), table::TABLE.last()]
            .into_iter()
            .flatten()
        {
            let whole = |entry: &Covered| entry.kernel == series.name && entry.packages.is_none();
            assert!(ours.iter().any(whole), "{}", series.name);
        }
        assert!(ours[0].packages.is_none());
    }

    /// docs/kernels.md says of each kernel of the table how it is covered.
    #[test]
    fn what_is_covered_in_part_or_not_at_all_is_documented() {
        let text = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/kernels.md");
        let text = std::fs::read_to_string(text).unwrap();
        for name in table::all().map(|name| name.to_string()) {
            let covered = match ours().into_iter().find(|entry| entry.kernel == name) {
                Some(Covered { packages: None, .. }) => continue,
                Some(Covered {
                    packages: Some(packages),
                    ..
                }) => format!("`{}`", packages.join("`, `")),
                None => "none".to_owned(),
            };
            let row = format!("| `{name}` | {covered} |");
            assert!(text.contains(&row), "{row}");
        }
    }
}
