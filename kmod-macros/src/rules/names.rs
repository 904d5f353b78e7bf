// SPDX-License-Identifier: GPL-2.0-only
//! Names of modules, devices and file systems.

use crate::errors::Errors;
use crate::syntax::Text;

/// `MODULE_NAME_LEN` on 64-bit kernels, less the NUL.
const MODULE_NAME_MAX: usize = 55;

/// The length of `char_device_struct.name`, less the NUL.
const CHRDEV_NAME_MAX: usize = 63;

/// The length of a file's name.
const FILE_NAME_MAX: usize = 255;

/// Whether a string is made of what C identifiers are made of.
pub fn is_c_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A module's name: a file name to kbuild, and part of identifiers in C.
pub fn module(name: &Text, errors: &mut Errors) {
    let Text { value, span } = name;
    if value.is_empty() {
        errors.at(
            *span,
            "a module's name is not empty",
            "name it as its `.ko` file is to be called, without `.ko`",
        );
    } else if !is_c_name(value) {
        let help = match value.strip_suffix(".ko") {
            Some(stem) if is_c_name(stem) => format!("write `\"{stem}\"`"),
            _ => format!("write `\"{}\"`", c_name(value)),
        };
        errors.at(
            *span,
            "a module's name is made of ASCII letters, digits and `_`",
            help,
        );
    } else if value.len() > MODULE_NAME_MAX {
        errors.at(
            *span,
            format!(
                "a module's name has at most {MODULE_NAME_MAX} characters, this one has {}",
                value.len()
            ),
            format!(
                "shorten it, to `\"{}\"` for example",
                &value[..MODULE_NAME_MAX]
            ),
        );
    }
}

/// The nearest name that would do.
fn c_name(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect()
}

/// A device's name: a file name in `/dev`, and the name of a class in `/sys/class`.
pub fn chrdev(name: &Text, errors: &mut Errors) {
    device(name, Folder::InNodename, errors);
}

/// A misc device's name: a file name in `/dev` and `/sys/class/misc`.
pub fn misc(name: &Text, errors: &mut Errors) {
    file("device", name, Folder::InNodename, errors);
}

/// The name of device numbers without a node.
pub fn chrdev_region(name: &Text, errors: &mut Errors) {
    device(name, Folder::Nowhere, errors);
}

/// A name in `/proc/devices`.
fn device(name: &Text, folder: Folder, errors: &mut Errors) {
    let before = errors.count();
    word("device", name, folder, errors);
    if errors.count() == before && name.value.len() > CHRDEV_NAME_MAX {
        errors.at(
            name.span,
            format!(
                "a device's name has at most {CHRDEV_NAME_MAX} characters, this one has {}",
                name.value.len()
            ),
            "shorten it: `/proc/devices` would show only a part of it",
        );
    }
}

/// A class's name: a folder in `/sys/class`.
pub fn class(name: &Text, errors: &mut Errors) {
    file("class", name, Folder::Nowhere, errors);
}

/// A name that is a file's.
fn file(of: &str, name: &Text, folder: Folder, errors: &mut Errors) {
    let before = errors.count();
    word(of, name, folder, errors);
    if errors.count() == before && name.value.len() > FILE_NAME_MAX {
        errors.at(
            name.span,
            format!(
                "a {of}'s name is a file's, which has at most {FILE_NAME_MAX} characters; this one \
                 has {}",
                name.value.len()
            ),
            "shorten it",
        );
    }
}

/// The path of a device's node below `/dev`. In that of a `#[chrdev]`, `{}` stands for the number,
/// and must if there are several minors.
pub fn node(name: &Text, several: Option<bool>, errors: &mut Errors) {
    let Text { value, span } = name;
    let bad = |c: char| !c.is_ascii_graphic();
    let numbers = value.matches("{}").count();
    let (rule, help) = if let Some(path) = value.strip_prefix("/dev/") {
        let rule = "a node's path is one below `/dev`".to_owned();
        (rule, format!("write `\"{path}\"`"))
    } else if value.contains(bad) {
        let rule = "a node's path is made of visible ASCII characters".to_owned();
        (rule, format!("write `\"{}\"`", value.replace(bad, "_")))
    } else if value.split('/').any(|part| ["", ".", ".."].contains(&part)) {
        let rule = "a node's path is made of names with a `/` between them".to_owned();
        let parts = value.split('/');
        let parts: Vec<_> = parts
            .filter(|part| !["", ".", ".."].contains(part))
            .collect();
        let help = match parts.as_slice() {
            [] => "leave the key out to take the device's name".to_owned(),
            parts => format!("write `\"{}\"`", parts.join("/")),
        };
        (rule, help)
    } else if value.split('/').any(|part| part.len() > FILE_NAME_MAX) {
        let rule = format!("a name in a node's path has at most {FILE_NAME_MAX} characters");
        (rule, "shorten it".to_owned())
    } else if value.replace("{}", "").contains(['{', '}']) {
        let rule = "`{` and `}` stand for the number, as `{}`".to_owned();
        (rule, "write `{}`, or leave them out".to_owned())
    } else if several.is_none() && numbers > 0 {
        let rule = "a misc device is one device: its node has no number".to_owned();
        (
            rule,
            "leave out the `{}`, or write `#[chrdev(…)]`".to_owned(),
        )
    } else if several == Some(true) && numbers == 0 {
        let rule = "several minors need several nodes".to_owned();
        (
            rule,
            format!("write `\"{value}/{{}}\"`: `{{}}` stands for the number"),
        )
    } else if numbers > 1 {
        let rule = "a node's path has the number once".to_owned();
        (rule, "write `{}` once".to_owned())
    } else {
        return;
    };
    errors.at(*span, rule, help);
}

/// A file system's name: a word in `/proc/filesystems` and `/proc/mounts`.
pub fn filesystem(name: &Text, errors: &mut Errors) {
    let before = errors.count();
    word("file system", name, Folder::Nowhere, errors);
    if errors.count() == before && name.value.contains('.') {
        errors.at(
            name.span,
            "a file system's name has no `.`: what follows one is a subtype to `mount(2)`",
            format!("write `\"{}\"`", name.value.replace('.', "_")),
        );
    }
}

/// Where a folder that is not part of a name can stand instead.
#[derive(Clone, Copy, PartialEq)]
enum Folder {
    InNodename,
    Nowhere,
}

/// A name that is one word and one file name.
fn word(of: &str, name: &Text, folder: Folder, errors: &mut Errors) {
    let Text { value, span } = name;
    let bad = |c: char| !c.is_ascii_graphic() || c == '/';
    if value.is_empty() {
        errors.at(
            *span,
            format!("a {of}'s name is not empty"),
            "leave the key out to take the field's name",
        );
    } else if value == "." || value == ".." {
        errors.at(
            *span,
            format!("a {of} cannot be called `{value}`"),
            "leave the key out to take the field's name",
        );
    } else if let Some(path) = value.strip_prefix("/dev/") {
        errors.at(
            *span,
            format!("a {of}'s name has no folder"),
            if folder == Folder::InNodename && path.contains('/') {
                format!("write `nodename = \"{path}\"`")
            } else {
                format!("write `\"{}\"`", path.replace(bad, "_"))
            },
        );
    } else if value.contains(bad) {
        errors.at(
            *span,
            format!("a {of}'s name is made of visible ASCII characters other than `/`"),
            format!("write `\"{}\"`", value.replace(bad, "_")),
        );
    }
}
