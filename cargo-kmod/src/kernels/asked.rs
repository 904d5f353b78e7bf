// SPDX-License-Identifier: GPL-2.0-only
//! What a module asks of a kernel: `[package.metadata.kmod] config` in its Cargo.toml.

use crate::error::usage;
use anyhow::Result;
use kmod_build::config::Config;
use serde_json::Value;

/// The options of a kernel's configuration without which a package cannot work on it, without `CONFIG_`;
/// none if it lists none.
pub fn asked(package: &str, metadata: &Value) -> Result<Vec<String>> {
    let value = &metadata["kmod"]["config"];
    if value.is_null() {
        return Ok(Vec::new());
    }
    let listed: Option<Vec<String>> = serde_json::from_value(value.clone()).ok();
    let listed = listed.filter(|options| options.iter().all(|option| is_option(option)));
    listed.ok_or_else(|| {
        usage(format!(
            "package.metadata.kmod.config in the Cargo.toml of `{package}` is no list \
             of options"
        ))
        .help("config = [\"HWMON\"], each without `CONFIG_`")
        .into()
    })
}

/// Whether it is written as options are.
fn is_option(text: &str) -> bool {
    let of_option = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !text.is_empty() && !text.starts_with("CONFIG_") && text.chars().all(of_option)
}

/// The first of these that a kernel has neither built in nor as a module.
pub fn lacking<'o>(config: &Config, options: &'o [String]) -> Option<&'o str> {
    let has = |option: &str| matches!(config.get(option), Some("y" | "m"));
    let mut options = options.iter().map(String::as_str);
    options.find(|option| !has(option))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_package_lists_its_options_or_none() {
        let of = |value| asked("fan", &value).map_err(|error| error.to_string());
        assert_eq!(of(json!(null)), Ok(Vec::new()));
        let two = json!({"kmod": {"config": ["HWMON", "LEDS_CLASS"]}});
        assert_eq!(of(two).unwrap(), ["HWMON", "LEDS_CLASS"]);
        for wrong in [
            json!("HWMON"),
            json!([1]),
            json!([""]),
            json!(["CONFIG_HWMON"]),
        ] {
            let error = of(json!({"kmod": {"config": wrong}})).unwrap_err();
            assert!(error.contains("`fan` is no list of options"), "{error}");
        }
    }

    #[test]
    fn an_option_may_be_built_in_or_a_module() {
        let config = Config::parse("CONFIG_HWMON=y\nCONFIG_IIO=m\nCONFIG_HZ=250\n");
        let options = ["HWMON", "IIO", "HZ", "LEDS_CLASS"].map(str::to_owned);
        assert_eq!(lacking(&config, &options[..2]), None);
        assert_eq!(lacking(&config, &options), Some("HZ"));
        assert_eq!(lacking(&config, &options[3..]), Some("LEDS_CLASS"));
    }
}
