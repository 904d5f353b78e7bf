// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysfs(name = "…", of = …, mode = 0o…, capability = "CAP_…")]`, and what is known of the trait `SysfsFile`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Expr;

use super::{ClassDevice, File, InDevice, Licence, Object, ObjectAttribute, Site, kernel_file};
use crate::errors::{Errors, closest};
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::expand::marker_of;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::capability::{self, AT_EACH, Capability};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::{name_of, strip};
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, item_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "sysfs",
    also: &[
        "sysfs_attribute",
        "sysfs_file",
        "device_attribute",
        "module_attribute",
    ],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Gpl {
        exports: "`sysfs_create_file()`",
        objects: "files in sysfs",
    },
    reports_unshared: true,
    kept: Kept::Alone("Sysfs"),
    in_device: InDevice::Of("Sysfs"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"sold\"",
        meaning: "the file's name in `/sys/module/NAME`; in a `#[device]`, in the device's folder",
        default: "the field's name",
        also: &["path", "file"],
    },
    Key {
        name: "of",
        example: "of = ticket",
        meaning: "the field under `#[misc]` or `#[chrdev]` whose device the file belongs to: it is in the device's \
                  folder before user space hears of the device",
        default: "the file is the module's; in a `#[device]`, of the device that the driver is bound to",
        also: &["device", "dev", "parent", "field"],
    },
    Key {
        name: "group",
        example: "group = \"limits\"",
        meaning: "a folder in that folder, in which the file is; it is there with the first file in it, and goes with \
                  the last",
        default: "the file is in the folder itself",
        also: &["dir", "folder", "subdir", "attribute_group"],
    },
    Key {
        name: "mode",
        example: "mode = 0o644",
        meaning: "the file's mode",
        default: "`0o444`; of a type with a `store` handler, its owner may write, too",
        also: &["perm", "perms", "permissions"],
    },
    AT_EACH,
];

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "SysfsFile",
    documented_as: "sysfs_handlers",
    table: Some("SysfsHandlers"),
    has_more: true,
    handlers: &[
        Handler {
            name: "is_visible",
            caller: "`insmod`, or the device's probe, before the file is made",
            context: Context::Process,
            absent: "the file is there",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "show",
            caller: "`read(2)`, at the file's beginning",
            context: Context::Process,
            absent: "EACCES of `open(2)`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "store",
            caller: "`write(2)`",
            context: Context::Process,
            absent: "EACCES of `open(2)`",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("read", "show"),
        ("write", "store"),
        ("visible", "is_visible"),
    ],
    not_ready_made: &[],
    why_shared: "handlers run for several processes at once",
    rules: Rules::NONE,
};

/// The files of one folder.
pub(super) static FILES: Namespace = Namespace {
    of: "file in sysfs",
    help: "give them different names",
    is_tree: true,
};

/// A folder in sysfs: what has it, and the files of the kernel's that are in it.
pub(super) struct OwnFolder(&'static str, &'static [&'static str]);

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

/// A field under `#[sysfs]`.
struct Sysfs {
    name: Text,
    group: Option<Text>,
    /// The path, behind the field whose device it belongs to.
    whole: Text,
    of: Option<Ident>,
    mode: Option<Number>,
    capability: Option<Capability>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
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
    Some(Box::new(Sysfs {
        name,
        group,
        whole,
        of,
        mode: args.number("mode", errors),
        capability: args.capability(errors),
    }))
}

impl Object for Sysfs {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        let folder = match &self.of {
            Some(_) => &OF_CLASS_DEVICES,
            None => own_folder(field.kind),
        };
        match &self.group {
            Some(group) => {
                name("group", group, folder, errors);
                names::file("sysfs file", &self.name, Folder::Nowhere, errors);
            }
            None => name("name", &self.name, folder, errors),
        }
        if let Some(mode) = &self.mode {
            self::mode(mode, errors);
        }
    }

    fn check_among(&self, fields: &[Field], _own: usize, errors: &mut Errors) {
        if let Some(of) = &self.of {
            of_device(of, fields, errors);
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&FILES, &self.whole)]
    }

    fn of(&self) -> Option<&Ident> {
        self.of.as_ref()
    }

    fn file(&self, site: &Site<'_>) -> Option<File> {
        Some(File {
            device: None,
            path: match &site.folder {
                Some(folder) => format!("{folder}/{}", path(self.group.as_ref(), &self.name)),
                None => path(self.group.as_ref(), &self.name),
            },
            mode: kernel_file::told_mode(site, "told_sysfs_mode", self.mode.as_ref()),
        })
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let name = c_str(&self.name.value);
        let group = self.group.as_ref().map(|group| {
            let group = c_str(&group.value);
            quote! {
                const GROUP: ::core::option::Option<&'static ::core::ffi::CStr> =
                    ::core::option::Option::Some(#group);
            }
        });
        let mode = kernel_file::optional_mode(self.mode.as_ref());
        let capability = capability::constant(self.capability, private);
        let fits = kernel_file::fitting_mode(site, "sysfs_mode", &mode);
        // It asks that the device's field is there, whatever `#[cfg]`s it has.
        let of_device = self.of.as_ref().map(|of| {
            let device = marker_of(of);
            quote! {
                const OF_DEVICE: ::core::primitive::bool = #private::is_of_device::<#device>();
            }
        });
        let field = item_at(*span, private, "SysfsField");
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                #group
                const MODE: ::core::option::Option<::core::primitive::u16> = #mode;
                #of_device
                #capability
            }
            #fits
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
pub(super) fn own_folder(kind: Kind) -> &'static OwnFolder {
    match kind {
        Kind::Module => &OF_MODULES,
        Kind::Device | Kind::PerOpen => &OF_DEVICES,
    }
}

/// One file name, which the kernel has not in the folder; the value of `key`.
pub(super) fn name(
    key: &str,
    name: &Text,
    OwnFolder(of, kernels): &OwnFolder,
    errors: &mut Errors,
) {
    names::file("sysfs file", name, Folder::Nowhere, errors);
    if kernels.contains(&name.value.as_str()) {
        errors.at(
            name.span,
            format!("each {of} has a `{}` of the kernel's in sysfs", name.value),
            format!("take another name: `{key} = \"…\"`"),
        );
    }
}

/// A mode that `VERIFY_OCTAL_PERMISSIONS()` would take.
pub(super) fn mode(mode: &Number, errors: &mut Errors) {
    kernel_file::mode("file in sysfs", mode, errors);
    in_order(mode, errors);
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

/// The rest of `VERIFY_OCTAL_PERMISSIONS()`: who is farther off may not do more.
fn in_order(mode: &Number, errors: &mut Errors) {
    let value = mode.value;
    let [owner, group, other] = [value >> 6 & 7, value >> 3 & 7, value & 7];
    let (rule, better) = if value > 0o777 || other & 2 != 0 {
        return;
    } else if group & 2 > owner & 2 {
        (
            "a file that its group writes is writable for its owner, too",
            0o200,
        )
    } else if other & 4 > group & 4 & owner {
        (
            "a file that everyone reads is readable for its owner and its group, too",
            0o440,
        )
    } else if group & 4 > owner & 4 {
        (
            "a file that its group reads is readable for its owner, too",
            0o400,
        )
    } else {
        return;
    };
    errors.at(
        mode.span,
        rule,
        format!("write `mode = 0o{:o}`", value | better),
    );
}
