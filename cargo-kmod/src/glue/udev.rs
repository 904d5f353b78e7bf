// SPDX-License-Identifier: GPL-2.0-only
//! The udev rules: a line for each device, with its mode, and who may use it besides root as
//! `[package.metadata.kmod] udev` says.

use std::fmt::Write as _;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::origin;
use crate::error::{Failure, usage};
use crate::uapi::{File, INDEX, Module};

/// What a package wishes for one of its devices.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// The device's name.
    device: String,
    /// The group of the node.
    group: Option<String>,
    /// Its mode, in octal, if not the module's.
    mode: Option<String>,
    /// Whether whoever sits at the machine may use it.
    #[serde(default)]
    uaccess: bool,
    /// Whether systemd has a unit of the device, for others to wait for.
    #[serde(default)]
    systemd: bool,
    /// What systemd starts when the device is there.
    wants: Option<String>,
}

/// Why a package's wishes cannot be met.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
enum Error {
    #[error(
        "package.metadata.kmod.udev in the Cargo.toml of `{package}` is no list of devices: {why}"
    )]
    List { package: String, why: String },
    #[error(
        "package.metadata.kmod.udev in the Cargo.toml of `{package}` names the device `{device}`, which the \
         module has not"
    )]
    Device {
        package: String,
        device: String,
        known: String,
    },
    #[error("`{text}` is no {what} that udev takes")]
    Form {
        what: &'static str,
        text: String,
        form: &'static str,
    },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let failure = usage(error.to_string());
        match error {
            Error::List { .. } => failure.help(
                "udev = [{ device = \"ticket\", group = \"plugdev\", mode = \"0660\", uaccess = true }]",
            ),
            Error::Device { known, .. } => failure.help(known),
            Error::Form { form, .. } => failure.help(form),
        }
    }
}

/// The wishes of a package, each for a device that its module has.
pub fn wishes(package: &str, metadata: &Value, files: &[File]) -> Result<Vec<Wish>> {
    read(package, &metadata["kmod"]["udev"], files).map_err(|error| Failure::from(error).into())
}

fn read(package: &str, value: &Value, files: &[File]) -> Result<Vec<Wish>, Error> {
    if value.is_null() {
        return Ok(Vec::new());
    }
    let wishes: Vec<Wish> = serde_json::from_value(value.clone()).map_err(|error| Error::List {
        package: package.to_owned(),
        why: error.to_string(),
    })?;
    let devices: Vec<&File> = files.iter().filter(|file| file.is_device()).collect();
    for wish in &wishes {
        if !devices.iter().any(|device| device.name == wish.device) {
            let names: Vec<&str> = devices.iter().map(|device| &*device.name).collect();
            return Err(Error::Device {
                package: package.to_owned(),
                device: wish.device.clone(),
                known: match names.is_empty() {
                    true => "leave the key out: the module has no device".to_owned(),
                    false => format!("it has {}", names.join(", ")),
                },
            });
        }
        let of_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if let Some(group) = &wish.group
            && (group.is_empty() || !group.chars().all(of_name))
        {
            return Err(Error::Form {
                what: "group",
                text: group.clone(),
                form: "group = \"plugdev\"",
            });
        }
        if let Some(mode) = &wish.mode
            && (!(3..=4).contains(&mode.len())
                || !mode.chars().all(|digit| ('0'..='7').contains(&digit)))
        {
            return Err(Error::Form {
                what: "mode",
                text: mode.clone(),
                form: "mode = \"0660\"",
            });
        }
        if let Some(unit) = &wish.wants
            && !is_unit(unit)
        {
            return Err(Error::Form {
                what: "unit",
                text: unit.clone(),
                form: "wants = \"ticketd.service\"",
            });
        }
    }
    Ok(wishes)
}

/// Whether a text is a unit's name, as systemd has them.
pub fn is_unit(text: &str) -> bool {
    const KINDS: [&str; 5] = ["path", "service", "socket", "target", "timer"];
    let of_name = |c: char| c.is_ascii_alphanumeric() || ":-_.@".contains(c);
    let is_named = |(name, kind): (&str, &str)| !name.is_empty() && KINDS.contains(&kind);
    text.chars().all(of_name) && text.rsplit_once('.').is_some_and(is_named)
}

/// The rules; none if the module has no device.
pub fn rules(module: &Module, files: &[File], wishes: &[Wish]) -> Option<String> {
    let devices: Vec<&File> = files.iter().filter(|file| file.is_device()).collect();
    if devices.is_empty() {
        return None;
    }
    let mut text = origin("#");
    let _ = write!(
        text,
        "#\n# The devices of the module {}. To change what is said here, copy the file to\n\
         # /etc/udev/rules.d: the one there is read instead.\n",
        module.name
    );
    for device in devices {
        let wish = wishes.iter().find(|wish| wish.device == device.name);
        let name = device.name.replace(INDEX, "[0-9]*");
        let own = match device.mode {
            0 => "0600".to_owned(),
            mode => format!("{mode:04o}"),
        };
        let mode = wish.and_then(|wish| wish.mode.as_ref()).unwrap_or(&own);
        let _ = write!(
            text,
            "\n# {}\nSUBSYSTEM==\"{}\", KERNEL==\"{name}\", MODE=\"{mode}\"",
            device.path.replace(INDEX, "N"),
            device.class
        );
        if let Some(group) = wish.and_then(|wish| wish.group.as_ref()) {
            let _ = write!(text, ", GROUP=\"{group}\"");
        }
        if wish.is_some_and(|wish| wish.uaccess) {
            text += ", TAG+=\"uaccess\"";
        }
        if wish.is_some_and(|wish| wish.systemd || wish.wants.is_some()) {
            text += ", TAG+=\"systemd\"";
        }
        if let Some(unit) = wish.and_then(|wish| wish.wants.as_ref()) {
            let _ = write!(text, ", ENV{{SYSTEMD_WANTS}}+=\"{unit}\"");
        }
        text.push('\n');
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::message;
    use serde_json::json;

    fn device(name: &str, mode: u16) -> File {
        File {
            kind: "chrdev".into(),
            class: "tickets".into(),
            name: name.into(),
            path: format!("/dev/{name}"),
            is_of_device: false,
            mode,
            docs: String::new(),
        }
    }

    #[test]
    fn a_device_has_a_line() {
        let module = Module {
            name: "ticket".into(),
            description: String::new(),
            license: "GPL".into(),
            authors: Vec::new(),
            params: Vec::new(),
        };
        let files = [device("one", 0o644), device("many{index}", 0)];
        let value = json!([
            {"device": "many{index}", "group": "dialout", "uaccess": true},
            {"device": "one", "wants": "one@1.service"},
        ]);
        let wishes = read("ticket", &value, &files).unwrap();
        let text = rules(&module, &files, &wishes).unwrap();
        for line in [
            "SUBSYSTEM==\"tickets\", KERNEL==\"one\", MODE=\"0644\", TAG+=\"systemd\", \
             ENV{SYSTEMD_WANTS}+=\"one@1.service\"\n",
            "# /dev/manyN\nSUBSYSTEM==\"tickets\", KERNEL==\"many[0-9]*\", MODE=\"0600\", GROUP=\"dialout\", \
             TAG+=\"uaccess\"\n",
        ] {
            assert!(text.contains(line), "{text}");
        }
        assert_eq!(rules(&module, &[], &[]), None);
    }

    #[test]
    fn wishes_that_cannot_be_met_are_refused() {
        let files = [device("one", 0o644)];
        for (value, words) in [
            (json!("one"), "is no list of devices"),
            (json!([{"device": "one", "owner": "me"}]), "unknown field"),
            (json!([{"device": "two"}]), "= help: it has one"),
            (
                json!([{"device": "one", "group": "a\", RUN=\"x"}]),
                "is no group that udev takes",
            ),
            (
                json!([{"device": "one", "mode": "rw"}]),
                "is no mode that udev takes",
            ),
            (
                json!([{"device": "one", "wants": "a\", RUN+=\"b.service"}]),
                "is no unit that udev takes",
            ),
        ] {
            let error = Failure::from(read("p", &value, &files).unwrap_err());
            let said = message(&error.into());
            assert!(said.contains(words) && said.contains("= help: "), "{said}");
        }
    }
}
