// SPDX-License-Identifier: GPL-2.0-only
//! Where a file in debugfs is, of text or of bytes: the key `path`.

use proc_macro2::TokenStream;

use super::kernel_file::{self, INDEX};
use crate::errors::Errors;
use crate::instance::Kind;
use crate::instance::clashes::Namespace;
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};

/// The key.
pub const PATH: Key = Key {
    name: "path",
    example: "path = \"ticket/stats\"",
    meaning: "the path in debugfs, below `/sys/kernel/debug`: a name, with folders before it, which \
              the module makes; in a `#[device]`, `{index}` stands for the device's number",
    default: "must be given",
    also: &["name", "file"],
};

/// The files in debugfs.
static FILES: Namespace = Namespace {
    of: "file in debugfs",
    help: "give them different paths",
    is_tree: true,
};

/// What the key says.
pub struct DebugfsPath(Text);

impl DebugfsPath {
    /// Reads the entry, which must be there.
    pub fn parse(args: &mut Args, errors: &mut Errors) -> Option<Self> {
        let path = args.text("path", errors);
        if path.is_none() {
            args.missing(&PATH, errors);
        }
        path.map(Self)
    }

    /// Applies the rules, on a field of such an instance.
    pub fn check(&self, kind: Kind, errors: &mut Errors) {
        if self.0.value.is_empty() {
            errors.at(
                self.0.span,
                "a file's path is not empty",
                "write `\"ticket/stats\"`",
            );
        } else {
            kernel_file::path("file", "/sys/kernel/debug/", &self.0, errors);
            index(&self.0, kind, errors);
        }
    }

    /// What no other file may be called.
    pub fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&FILES, &self.0)]
    }

    /// The whole path, where debugfs is mounted.
    pub fn whole(&self) -> String {
        format!("/sys/kernel/debug/{}", self.0.value)
    }

    /// The path, as a `NodeName`.
    pub fn expand(&self, private: &TokenStream) -> TokenStream {
        kernel_file::numbered(&self.0.value, None, private)
    }
}

/// The number of a device is in its file's path, once; a module has none.
fn index(path: &Text, kind: Kind, errors: &mut Errors) {
    let (rule, help) = match (kind, path.value.matches(INDEX).count()) {
        (Kind::Module, 0) | (Kind::Device, 1) | (Kind::PerOpen, _) => return,
        (Kind::Module, _) => (
            format!("a module has one such file: there is no `{INDEX}`"),
            format!("leave `{INDEX}` out, or put the field into a struct under `#[device]`"),
        ),
        (Kind::Device, 0) => {
            let (folders, name) = path.value.rsplit_once('/').unwrap_or(("", &path.value));
            let path = format!("{folders}/{INDEX}/{name}");
            let path = path.trim_start_matches('/');
            (
                "there are several devices, and a path is one file's".to_owned(),
                format!("write `\"{path}\"`: `{INDEX}` stands for the device's number"),
            )
        }
        (Kind::Device, _) => (
            "a file's path has the device's number once".to_owned(),
            format!("write `{INDEX}` once"),
        ),
    };
    errors.at(path.span, rule, help);
}
