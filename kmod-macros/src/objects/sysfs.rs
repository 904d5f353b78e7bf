// SPDX-License-Identifier: GPL-2.0-only
//! `#[sysfs(name = "…", mode = 0o…, capability = "CAP_…")]`, and what is known of the trait `SysfsFile`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{File, InDevice, Licence, Object, ObjectAttribute, Site, kernel_file};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::capability::{self, Capability};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
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
        name: "mode",
        example: "mode = 0o644",
        meaning: "the file's mode",
        default: "`0o444`; of a type with a `store` handler, its owner may write, too",
        also: &["perm", "perms", "permissions"],
    },
    capability::key(
        "the capability that who reads or writes it must have, each time, or that is `EPERM`: C's `capable()`, \
         asked before the handler runs",
    ),
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
static FILES: Namespace = Namespace {
    of: "file in sysfs",
    help: "give them different names",
    is_tree: false,
};

/// What the kernel has in a module's folder.
const OF_MODULES: &[&str] = &[
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
];

/// What it has in each device's.
const OF_DEVICES: &[&str] = &["driver", "power", "subsystem", "uevent"];

/// A field under `#[sysfs]`.
struct Sysfs {
    name: Text,
    mode: Option<Number>,
    capability: Option<Capability>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors);
    Some(Box::new(Sysfs {
        name: name.unwrap_or_else(|| name_of(field)),
        mode: args.number("mode", errors),
        capability: args.capability(errors),
    }))
}

impl Object for Sysfs {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        names::file("sysfs file", &self.name, Folder::Nowhere, errors);
        let (kernels, of) = match field.kind {
            Kind::Module => (OF_MODULES, "module"),
            Kind::Device | Kind::PerOpen => (OF_DEVICES, "device"),
        };
        if kernels.contains(&self.name.value.as_str()) {
            errors.at(
                self.name.span,
                format!(
                    "each {of} has a `{}` of the kernel's in sysfs",
                    self.name.value
                ),
                "take another name: `name = \"…\"`",
            );
        }
        if let Some(mode) = &self.mode {
            kernel_file::mode("file in sysfs", mode, errors);
            in_order(mode, errors);
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&FILES, &self.name)]
    }

    fn file(&self, site: &Site<'_>) -> Option<File> {
        Some(File {
            device: None,
            path: self.name.value.clone(),
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
        let mode = kernel_file::optional_mode(self.mode.as_ref());
        let capability = capability::constant(self.capability, private);
        let fits = kernel_file::fitting_mode(site, "sysfs_mode", &mode);
        let field = item_at(*span, private, "SysfsField");
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                const MODE: ::core::option::Option<::core::primitive::u16> = #mode;
                #capability
            }
            #fits
        }
    }
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
