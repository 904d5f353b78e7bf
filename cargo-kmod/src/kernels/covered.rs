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
    /// Those that the list does not mean.
    pub without: Vec<String>,
}

impl Covered {
    /// A kernel on which the tests of all packages run.
    pub fn whole(kernel: String) -> Self {
        Self {
            kernel,
            packages: None,
            without: Vec::new(),
        }
    }
}

/// How it is written: `"6.1"`, or `{ kernel = "6.1", packages = ["one", "of-these-*"], without = ["of-these-two"] }`.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Entry {
    Whole(String),
    Part {
        kernel: String,
        packages: Vec<String>,
        #[serde(default)]
        without: Vec<String>,
    },
}

impl From<Entry> for Covered {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Whole(kernel) => Self::whole(kernel),
            Entry::Part {
                kernel,
                packages,
                without,
            } => Self {
                kernel,
                packages: Some(packages),
                without,
            },
        }
    }
}

/// What a name in a list ends in that stands for all packages whose names begin so.
const ANY: char = '*';

/// What the workspace lists; nothing if it has no list.
pub fn covered(metadata: &Metadata) -> Result<Vec<Covered>> {
    let mut covered = listed(metadata)?;
    for Covered {
        packages, without, ..
    } in &mut covered
    {
        let Some(list) = packages else { continue };
        let mut all = named(metadata, list)?;
        let out = named(metadata, without)?;
        all.retain(|name| !out.contains(name));
        *list = all;
    }
    Ok(covered)
}

/// The packages that a list names.
fn named(metadata: &Metadata, list: &[String]) -> Result<Vec<String>> {
    let mut packages = Vec::new();
    for name in list {
        let fits = |package: &str| match name.strip_suffix(ANY) {
            Some(begin) => package.starts_with(begin),
            None => package == name,
        };
        let all = metadata
            .packages
            .iter()
            .map(|package| package.name.to_string());
        let before = packages.len();
        packages.extend(all.filter(|package| fits(package)));
        if packages.len() == before {
            bail!(usage(format!(
                "workspace.metadata.kmod.kernels in Cargo.toml names `{name}`, which is no package of \
                 the workspace"
            )));
        }
    }
    Ok(packages)
}

/// The same, as it is written.
fn listed(metadata: &Metadata) -> Result<Vec<Covered>> {
    let value = &metadata.workspace_metadata["kmod"]["kernels"];
    if value.is_null() {
        return Ok(Vec::new());
    }
    serde_json::from_value(value.clone()).map_err(|_| {
        usage("workspace.metadata.kmod.kernels in Cargo.toml is no list of kernels")
            .help(
                "kernels = [\"6.1\", { kernel = \"5.10\", packages = [\"one\", \"of-these-*\"] }]",
            )
            .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::kernels::table;

    fn metadata() -> Metadata {
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        crate::package::metadata(here).unwrap()
    }

    #[test]
    fn our_own_tests_cover_each_series_and_name_no_unknown_kernel() {
        let metadata = metadata();
        let ours = covered(&metadata).unwrap();
        for entry in &ours {
            assert!(table::find(&entry.kernel).is_some(), "{}", entry.kernel);
        }
        for series in table::TABLE {
            let entry = ours.iter().find(|entry| entry.kernel == series.name);
            assert!(entry.is_some(), "{}", series.name);
        }
        // On the newest, all of our own tests of what the kernel has, but for those that say so.
        let newest = table::TABLE.last().unwrap().name;
        let entry = ours.iter().find(|entry| entry.kernel == newest).unwrap();
        let names = metadata.packages.iter();
        let names = names.map(|package| package.name.to_string());
        let names: Vec<String> = names.filter(|name| name.starts_with("vm-")).collect();
        let packages = entry.packages.as_deref().unwrap_or_default();
        assert!(names.len() > 50 && entry.without.len() < 15);
        let takes = |name| packages.contains(name) != entry.without.contains(name);
        assert!(names.iter().all(takes));
        assert!(ours[0].packages.is_none());
    }

    /// docs/kernels.md says of each kernel of the table how it is covered.
    #[test]
    fn what_is_covered_in_part_or_not_at_all_is_documented() {
        let text = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/kernels.md");
        let text = std::fs::read_to_string(text).unwrap();
        let listed = listed(&metadata()).unwrap();
        for name in table::all().map(|name| name.to_string()) {
            let covered = match listed.iter().find(|entry| entry.kernel == name) {
                Some(Covered { packages: None, .. }) => continue,
                Some(Covered {
                    packages: Some(packages),
                    without,
                    ..
                }) => match &**without {
                    [] => format!("`{}`", packages.join("`, `")),
                    without => format!(
                        "`{}`, without `{}`",
                        packages.join("`, `"),
                        without.join("`, `")
                    ),
                },
                None => "none".to_owned(),
            };
            let row = format!("| `{name}` | {covered} |");
            assert!(text.contains(&row), "{row}");
        }
    }

    #[test]
    fn a_name_that_is_no_packages_is_told() {
        let mut metadata = metadata();
        for (packages, without, name) in [
            (vec!["vm-*", "vm-nothing"], vec![], "vm-nothing"),
            (vec!["nothing-*"], vec![], "nothing-*"),
            (vec!["vm-*"], vec!["vm-nothing"], "vm-nothing"),
        ] {
            let list =
                serde_json::json!([{ "kernel": "5.10", "packages": packages, "without": without }]);
            metadata.workspace_metadata["kmod"]["kernels"] = list;
            let said = covered(&metadata).unwrap_err().to_string();
            assert!(said.contains(&format!("names `{name}`")), "{said}");
        }
    }
}
