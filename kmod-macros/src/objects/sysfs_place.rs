// SPDX-License-Identifier: GPL-2.0-only
//! Where a file in sysfs is, of text or of bytes: its keys `name`, `of` and `group`, and their rules.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Expr;

use super::{ClassDevice, Site};
use crate::errors::{Errors, closest};
use crate::instance::clashes::Namespace;
use crate::instance::expand::marker_of;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::{name_of, strip};
use crate::tokens::c_str;

/// The key `of`.
pub const OF: Key = Key {
    name: "of",
    example: "of = ticket",
    meaning: "the field under `#[misc]` or `#[chrdev]` whose device the file belongs to: it is in the device's \
              folder before user space hears of the device",
    default: "the file is the module's; in a `#[device]`, of the device that the driver is bound to",
    also: &["device", "dev", "parent", "field"],
};

/// The key `group`.
pub const GROUP: Key = Key {
    name: "group",
    example: "group = \"limits\"",
    meaning: "a folder in that folder, in which the file is; it is there with the first file in it, and goes with \
              the last",
    default: "the file is in the folder itself",
    also: &["dir", "folder", "subdir", "attribute_group"],
};

/// The files of one folder.
static FILES: Namespace = Namespace {
    of: "file in sysfs",
    help: "give them different names",
    is_tree: true,
};

/// A folder in sysfs: what has it, and the files of the kernel's that are in it.
struct OwnFolder(&'static str, &'static [&'static str]);

/// What the kernel has in a module's folder.
static OF_MODULES: OwnFolder = OwnFolder(
    "module",
    &[
        "coresize",
        "drivers",
        "holders",
        "initsize",
        "initstate",
        "notes",
        "parameters",
        "refcnt",
        "sections",
        "srcversion",
        "taint",
        "uevent",
        "version",
    ],
);

/// What it has in each device's.
static OF_DEVICES: OwnFolder = OwnFolder("device", &["driver", "power", "subsystem", "uevent"]);

/// What it has in that of each device of a class.
static OF_CLASS_DEVICES: OwnFolder = OwnFolder(
    "device of a class",
    &["dev", "device", "power", "subsystem", "uevent"],
);

/// Where a file is.
pub struct SysfsPlace {
    name: Text,
    group: Option<Text>,
    /// The path, behind the field whose device it belongs to.
    whole: Text,
    of: Option<Ident>,
}

impl SysfsPlace {
    /// Reads the entries.
    pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Self> {
        let name = args.text("name", errors);
        let name = name.unwrap_or_else(|| name_of(field));
        let of = match args.expr("of", "the name of a field", errors) {
            None => None,
            Some((entry, value)) => match strip(&value) {
                Expr::Path(path) if path.path.get_ident().is_some() => {
                    Some(path.path.require_ident().ok()?.clone())
                }
                _ => {
                    entry.wrong(&value, "the name of a field", errors);
                    return None;
                }
            },
        };
        let group = args.text("group", errors);
        let path = path(group.as_ref(), &name);
        let whole = Text {
            value: of
                .as_ref()
                .map_or(path.clone(), |of| format!("{of}: {path}")),
            span: name.span,
        };
        Some(Self {
            name,
            group,
            whole,
            of,
        })
    }

    /// Applies the rules of the names, on a field of such an instance.
    pub fn check(&self, kind: Kind, errors: &mut Errors) {
        let folder = match &self.of {
            Some(_) => &OF_CLASS_DEVICES,
            None => own_folder(kind),
        };
        match &self.group {
            Some(group) => {
                name("group", group, folder, errors);
                names::file("sysfs file", &self.name, Folder::Nowhere, errors);
            }
            None => name("name", &self.name, folder, errors),
        }
    }

    /// Applies those of `of`.
    pub fn check_among(&self, fields: &[Field], errors: &mut Errors) {
        if let Some(of) = &self.of {
            of_device(of, fields, errors);
        }
    }

    /// What no other file may be called.
    pub fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&FILES, &self.whole)]
    }

    /// The field whose device's file it is.
    pub fn of(&self) -> Option<&Ident> {
        self.of.as_ref()
    }

    /// The path, as `cargo kmod glue` is told of it.
    pub fn path(&self, site: &Site<'_>) -> String {
        let path = path(self.group.as_ref(), &self.name);
        match &site.folder {
            Some(folder) => format!("{folder}/{path}"),
            None => path,
        }
    }

    /// The constants of the field's trait that say it.
    pub fn expand(&self, private: &TokenStream) -> TokenStream {
        let name = c_str(&self.name.value);
        let group = self.group.as_ref().map(|group| {
            let group = c_str(&group.value);
            quote! {
                const GROUP: ::core::option::Option<&'static ::core::ffi::CStr> =
                    ::core::option::Option::Some(#group);
            }
        });
        // It asks that the device's field is there, whatever `#[cfg]`s it has.
        let of_device = self.of.as_ref().map(|of| {
            let device = marker_of(of);
            quote! {
                const OF_DEVICE: ::core::primitive::bool = #private::is_of_device::<#device>();
            }
        });
        quote! {
            const NAME: &'static ::core::ffi::CStr = #name;
            #group
            #of_device
        }
    }
}

/// Where a file is, in the folder that it is in or whose group is.
fn path(group: Option<&Text>, name: &Text) -> String {
    match group {
        Some(group) => format!("{}/{}", group.value, name.value),
        None => name.value.clone(),
    }
}

/// That of an instance.
fn own_folder(kind: Kind) -> &'static OwnFolder {
    match kind {
        Kind::Module => &OF_MODULES,
        Kind::Device | Kind::PerOpen => &OF_DEVICES,
    }
}

/// One file name, which the kernel has not in the folder; the value of `key`.
fn name(key: &str, name: &Text, OwnFolder(of, kernels): &OwnFolder, errors: &mut Errors) {
    names::file("sysfs file", name, Folder::Nowhere, errors);
    if kernels.contains(&name.value.as_str()) {
        errors.at(
            name.span,
            format!("each {of} has a `{}` of the kernel's in sysfs", name.value),
            format!("take another name: `{key} = \"…\"`"),
        );
    }
}

/// The field of this name has one device, which can have files.
fn of_device(of: &Ident, fields: &[Field], errors: &mut Errors) {
    let device = |field: &Field| field.object.as_deref()?.class_device(field.kind);
    let (rule, help) = match fields.iter().find(|field| field.ident == *of) {
        Some(field) => match device(field) {
            Some(ClassDevice::One(..)) => return,
            Some(ClassDevice::Several) => (
                format!("`{of}` has several minors, and a file is of one device"),
                "leave `of` out, or put the device into a struct under `#[device]`".to_owned(),
            ),
            None => (
                format!("field `{of}` is no device of a class"),
                "name a field under `#[misc]` or `#[chrdev]`".to_owned(),
            ),
        },
        None => {
            let names: Vec<_> = fields
                .iter()
                .filter(|field| device(field).is_some())
                .map(|field| field.ident.to_string())
                .collect();
            let help = match closest(&of.to_string(), names.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a field under `#[misc]` or `#[chrdev]`".to_owned(),
            };
            (format!("there is no field `{of}`"), help)
        }
    };
    errors.at(of.span(), rule, help);
}
