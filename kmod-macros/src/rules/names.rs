// SPDX-License-Identifier: GPL-2.0-only
//! Names that are a word, a file's, or part of an identifier in C.

use crate::errors::Errors;
use crate::syntax::Text;

/// The length of a file's name.
pub const FILE_NAME_MAX: usize = 255;

/// Whether a string is made of what C identifiers are made of.
pub fn is_c_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A name that is a file's.
pub fn file(of: &str, name: &Text, folder: Folder, errors: &mut Errors) {
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

/// Where a folder that is not part of a name can stand instead.
#[derive(Clone, Copy, PartialEq)]
pub enum Folder {
    /// In the key `nodename`.
    InNodename,
    /// The object has no path.
    Nowhere,
}

/// A name that is one word and one file name.
pub fn word(of: &str, name: &Text, folder: Folder, errors: &mut Errors) {
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
