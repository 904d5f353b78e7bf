// SPDX-License-Identifier: GPL-2.0-only
//! What a module's VM has beside the machine: `[package.metadata.kmod] devices` in its Cargo.toml; and whether its
//! tests may change that while it runs: `monitor`.

use crate::error::usage;
use anyhow::Result;
use serde_json::Value;

/// The devices of a package, each as QEMU's `-device` takes it; none if it lists none.
pub fn devices(package: &str, metadata: &Value) -> Result<Vec<String>> {
    let value = &metadata["kmod"]["devices"];
    if value.is_null() {
        return Ok(Vec::new());
    }
    let listed: Option<Vec<String>> = serde_json::from_value(value.clone()).ok();
    let listed = listed.filter(|devices| devices.iter().all(|device| is_device(device)));
    listed.ok_or_else(|| {
        usage(format!(
            "package.metadata.kmod.devices in the Cargo.toml of `{package}` is no list \
             of devices"
        ))
        .help("devices = [\"edu\"], each as QEMU's -device takes it")
        .into()
    })
}

/// Whether a package's tests speak with QEMU's monitor.
pub fn monitor(package: &str, metadata: &Value) -> Result<bool> {
    let value = &metadata["kmod"]["monitor"];
    let asked = if value.is_null() {
        Some(false)
    } else {
        value.as_bool()
    };
    asked.ok_or_else(|| {
        usage(format!(
            "package.metadata.kmod.monitor in the Cargo.toml of `{package}` is neither true nor false"
        ))
        .help("monitor = true, for tests that take devices away or put some in")
        .into()
    })
}

/// Whether QEMU would take it as one word that names a device.
fn is_device(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-')
}

/// What `--device` takes.
pub fn parse(text: &str) -> Result<String, String> {
    if is_device(text) {
        Ok(text.to_owned())
    } else {
        Err("a device has a name, as in `edu` or `pci-testdev,membar=4096`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_package_lists_its_devices_or_none() {
        let of = |value| devices("card", &value).map_err(|error| error.to_string());
        assert_eq!(of(json!(null)), Ok(Vec::new()));
        assert_eq!(of(json!({"kmod": {}})), Ok(Vec::new()));
        let two = json!({"kmod": {"devices": ["edu", "pci-testdev,membar=4096"]}});
        assert_eq!(of(two).unwrap().len(), 2);
        for wrong in [json!("edu"), json!([1]), json!([""]), json!(["-drive"])] {
            let error = of(json!({"kmod": {"devices": wrong}})).unwrap_err();
            assert!(error.contains("`card` is no list of devices"), "{error}");
        }
    }

    #[test]
    fn a_package_asks_for_the_monitor_or_does_not() {
        let of = |value| monitor("card", &value).map_err(|error| error.to_string());
        assert_eq!(of(json!(null)), Ok(false));
        assert_eq!(of(json!({"kmod": {"monitor": true}})), Ok(true));
        let error = of(json!({"kmod": {"monitor": 1}})).unwrap_err();
        assert!(
            error.contains("`card` is neither true nor false"),
            "{error}"
        );
    }

    #[test]
    fn a_device_is_not_an_option() {
        assert!(parse("edu").is_ok());
        assert!(parse("").is_err() && parse("-snapshot").is_err());
    }
}
