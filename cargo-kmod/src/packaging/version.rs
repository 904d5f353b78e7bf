// SPDX-License-Identifier: GPL-2.0-only
//! A crate's name and version as Debian writes them.

use super::error::Error;

/// The version: what comes before a release in cargo's order does in dpkg's, too, where a `~` comes before
/// the end of the text. dpkg sees the number in `rc10`, and cargo the letters: such a version is refused.
pub fn debian(version: &str, revision: u32) -> Result<String, Error> {
    let (version, build) = match version.split_once('+') {
        Some((version, build)) => (version, format!("+{build}")),
        None => (version, String::new()),
    };
    let upstream = match version.split_once('-') {
        Some((release, before)) => {
            let of_one_kind = |part: &&str| {
                part.chars().all(|c| c.is_ascii_digit())
                    || part.chars().all(|c| c.is_ascii_alphabetic())
            };
            if let Some(part) = before.split('.').find(|part| !of_one_kind(part)) {
                return Err(Error::Order {
                    version: version.to_owned(),
                    part: part.to_owned(),
                });
            }
            format!("{release}~{before}")
        }
        None => version.to_owned(),
    };
    Ok(format!("{upstream}{build}-{revision}"))
}

/// The name: Debian knows small letters, digits, `+`, `-` and `.`.
pub fn name(crate_name: &str) -> String {
    crate_name.to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn dpkg_orders_versions_as_cargo_does() {
        let versions = [
            "0.9.10",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.10",
            "1.2.0",
        ];
        for pair in versions.windows(2) {
            let [less, more] = [pair[0], pair[1]].map(|version| debian(version, 1).unwrap());
            let compared = Command::new("dpkg")
                .args(["--compare-versions", &less, "lt", &more])
                .status()
                .unwrap();
            assert!(compared.success(), "{less} {more}");
        }
        assert_eq!(debian("1.0.0-rc.1+git.5", 2).unwrap(), "1.0.0~rc.1+git.5-2");
        assert_eq!(name("My_module"), "my-module");
    }

    #[test]
    fn what_dpkg_orders_otherwise_is_refused() {
        // cargo: rc10 before rc9, as texts.
        let otherwise = Command::new("dpkg")
            .args(["--compare-versions", "1.0.0~rc9-1", "lt", "1.0.0~rc10-1"])
            .status();
        assert!(otherwise.unwrap().success());
        for version in ["1.0.0-rc9", "1.0.0-rc.1a", "1.0.0-a-b"] {
            let said = debian(version, 1).unwrap_err().to_string();
            assert!(said.contains(version), "{said}");
        }
    }
}
