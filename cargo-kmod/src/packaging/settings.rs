// SPDX-License-Identifier: GPL-2.0-only
//! What a crate says of its packages: `[package.metadata.kmod.package]` in its Cargo.toml.

use std::env;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use super::error::Error;

/// What a crate says of its packages.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Who makes the packages: `NAME <ADDRESS>`.
    pub maintainer: Option<String>,
    /// The how manieth package it is of one version of the crate.
    pub revision: Option<u32>,
    /// Whether the module is loaded at boot.
    pub load_at_boot: bool,
    /// Whether the initramfs has the module, and loads it.
    pub initramfs: bool,
    /// Files of the crate that are units of systemd's.
    pub units: Vec<PathBuf>,
    /// Packages that the module is of no use without.
    pub depends: Vec<String>,
}

impl Settings {
    /// Those of a crate's package.
    pub fn of(package: &str, metadata: &Value) -> Result<Settings, Error> {
        let value = &metadata["kmod"]["package"];
        if value.is_null() {
            return Ok(Settings::default());
        }
        let refused = |why: String| Error::Settings {
            package: package.to_owned(),
            why,
        };
        let settings: Settings =
            serde_json::from_value(value.clone()).map_err(|error| refused(error.to_string()))?;
        if let Some(text) = settings.depends.iter().find(|text| !is_dependency(text)) {
            return Err(refused(format!("`{text}` is no dependency")));
        }
        Ok(settings)
    }

    /// Who makes the package: here, else the first of the crate's authors with an address, else what
    /// Debian's own tools take.
    pub fn maintainer(&self, package: &str, authors: &[String]) -> Result<String, Error> {
        let said = |name| env::var(name).ok().filter(|text| !text.is_empty());
        let of_tools = || Some(format!("{} <{}>", said("DEBFULLNAME")?, said("DEBEMAIL")?));
        let author = authors.iter().find(|author| is_address(author)).cloned();
        let text = self.maintainer.clone().or(author).or_else(of_tools);
        let text = text.ok_or_else(|| Error::NoMaintainer {
            package: package.to_owned(),
        })?;
        match is_address(&text) {
            true => Ok(text),
            false => Err(Error::BadMaintainer { text }),
        }
    }
}

/// Whether a text is a name and a mail address.
fn is_address(text: &str) -> bool {
    let Some((name, rest)) = text.split_once(" <") else {
        return false;
    };
    let Some((user, host)) = rest.strip_suffix('>').and_then(|mail| mail.split_once('@')) else {
        return false;
    };
    let of_mail = |c: char| c.is_ascii_graphic() && !"<>@,".contains(c);
    let name_is_plain = !name.trim().is_empty() && !name.contains(['<', '>', '\n', ',']);
    name_is_plain
        && [user, host]
            .iter()
            .all(|part| !part.is_empty() && part.chars().all(of_mail))
        && host.contains('.')
}

/// Whether a text is one of a control file's dependencies.
fn is_dependency(text: &str) -> bool {
    let of_field = |c: char| c.is_ascii_alphanumeric() || " .+-~:()<>=|".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(of_field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Failure, message};
    use serde_json::json;

    #[test]
    fn settings_are_read_or_refused() {
        let of = |value| Settings::of("ticket", &json!({"kmod": {"package": value}}));
        assert_eq!(of(json!(null)).unwrap(), Settings::default());
        let settings = of(json!({"load-at-boot": true, "depends": ["udev (>= 247)"]})).unwrap();
        assert!(settings.load_at_boot);
        for wrong in [
            json!("x"),
            json!({"colour": 1}),
            json!({"revision": -1}),
            json!({"depends": ["a\nDescription: b"]}),
        ] {
            let said = message(&Failure::from(of(wrong).unwrap_err()).into());
            assert!(
                said.contains("`ticket` is not understood") && said.contains("= help: "),
                "{said}"
            );
        }
    }

    #[test]
    fn who_makes_it_has_an_address() {
        let none = Settings::default();
        let authors = ["The developers".to_owned(), "A B <a@b.org>".to_owned()];
        assert_eq!(none.maintainer("t", &authors).unwrap(), "A B <a@b.org>");
        for text in [
            "me",
            "me <me>",
            "me <me@host>",
            " <me@b.org>",
            "a, b <me@b.org>",
        ] {
            let settings = Settings {
                maintainer: Some(text.to_owned()),
                ..Settings::default()
            };
            let said = message(&Failure::from(settings.maintainer("t", &[]).unwrap_err()).into());
            assert!(said.contains("= help: "), "{said}");
        }
    }
}
