// SPDX-License-Identifier: GPL-2.0-only
//! What a module's VM has of firmware: `[package.metadata.kmod] acpi` and `smbios` in its Cargo.toml.

use std::path::{Path, PathBuf};

use anyhow::Result;
use kmod_vm::Boot;
use serde_json::Value;

use crate::error::usage;
use crate::setup::Need;

/// What a package's VM is told of the machine, beside what QEMU tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firmware {
    /// Sources of ACPI tables.
    pub acpi: Vec<PathBuf>,
    /// What DMI says, each as QEMU's `-smbios` takes it.
    pub smbios: Vec<String>,
    /// Whether a device tree does as well.
    or_tree: bool,
}

impl Firmware {
    /// Has a VM have it.
    pub fn add_to(self, boot: &mut Boot) {
        boot.acpi.extend(self.acpi);
        boot.smbios.extend(self.smbios);
    }

    /// Whether there is nothing to be tested in a VM that is told nothing of its machine but by a device tree.
    pub fn is_needed(&self) -> bool {
        let asks = !self.acpi.is_empty() || !self.smbios.is_empty();
        asks && !self.or_tree
    }

    /// What making it takes of the host.
    pub fn needs(&self) -> &'static [Need] {
        if self.acpi.is_empty() {
            &[]
        } else {
            &[Need::Acpi]
        }
    }
}

/// That of a package in `dir`; none of what it does not list.
pub fn firmware(package: &str, metadata: &Value, dir: &Path) -> Result<Firmware> {
    let acpi = listed(package, metadata, "acpi", "\"acpi/keys.asl\"", |file| {
        Path::new(file)
            .extension()
            .is_some_and(|ending| ending == "asl")
    })?;
    let smbios = listed(
        package,
        metadata,
        "smbios",
        "\"type=1,product=KMOD\"",
        |text| text.starts_with("type="),
    )?;
    Ok(Firmware {
        acpi: acpi.iter().map(|file| dir.join(file)).collect(),
        smbios,
        or_tree: metadata["kmod"]["device_tree"] == true,
    })
}

/// The strings of a key, each of which is as it should be.
fn listed(
    package: &str,
    metadata: &Value,
    key: &str,
    example: &str,
    is_one: fn(&str) -> bool,
) -> Result<Vec<String>> {
    let value = &metadata["kmod"][key];
    if value.is_null() {
        return Ok(Vec::new());
    }
    let listed: Option<Vec<String>> = serde_json::from_value(value.clone()).ok();
    let listed = listed.filter(|all| all.iter().all(|one| is_one(one)));
    listed.ok_or_else(|| {
        usage(format!(
            "package.metadata.kmod.{key} in the Cargo.toml of `{package}` is not as it \
             should be"
        ))
        .help(format!("{key} = [{example}]"))
        .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_package_lists_its_firmware_or_none() {
        let of =
            |value| firmware("keys", &value, Path::new("/keys")).map_err(|error| error.to_string());
        assert_eq!(of(json!(null)), Ok(Firmware::default()));
        assert_eq!(Firmware::default().needs(), []);
        let both = json!({"kmod": {"acpi": ["a/keys.asl"], "smbios": ["type=1,product=x"]}});
        let both = of(both).unwrap();
        assert_eq!(both.acpi, [Path::new("/keys/a/keys.asl")]);
        assert_eq!(both.smbios, ["type=1,product=x"]);
        assert_eq!(both.needs(), [Need::Acpi]);
        assert!(both.is_needed() && !Firmware::default().is_needed());
        let tree = json!({"kmod": {"acpi": ["a.asl"], "device_tree": true}});
        assert!(!of(tree).unwrap().is_needed());
        for (key, wrong) in [
            ("acpi", json!("a.asl")),
            ("acpi", json!(["a.aml"])),
            ("smbios", json!(["-drive"])),
            ("smbios", json!([1])),
        ] {
            let error = of(json!({"kmod": {key: wrong}})).unwrap_err();
            assert!(error.contains(&format!("kmod.{key} in")), "{error}");
        }
    }
}
