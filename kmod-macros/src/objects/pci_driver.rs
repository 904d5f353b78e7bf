// SPDX-License-Identifier: GPL-2.0-only
//! `#[pci_driver(name = "…", ids = […])]`, and what is known of the trait `PciDriver`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::pci_ids::{self, Row};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{
    self, AssociatedType, Context, Handler, HandlerTrait, Otherwise, Rules, unit,
};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::tokens::{c_str, item_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "pci_driver",
    also: &["pci", "pci_device"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Any,
    reports_unshared: true,
    kept: Kept::Alone("Pci"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "ids",
        example: "ids = [(0x1234, 0x11e8)]",
        meaning: "the devices that it is for: vendor and device, or these and the subsystem's; `_` is any. \
                  After `=>` comes what `probe` is told of it: `(0x1234, 0x11e8) => Model::A`",
        default: "must be given",
        also: &["id_table", "id", "devices"],
    },
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the driver's name, in `/sys/bus/pci/drivers`",
        default: "the field's name",
        also: &["driver"],
    },
];

/// The names of drivers.
static DRIVERS: Namespace = Namespace {
    of: "PCI driver",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[pci_driver]`.
struct PciDriver {
    /// `name`, or the field's.
    name: Text,
    ids: Vec<Row>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let ids = pci_ids::parse(args, errors);
    if ids.is_none() {
        args.missing(&KEYS[0], errors);
    }
    Some(Box::new(PciDriver { name, ids: ids? }))
}

impl Object for PciDriver {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("PCI driver", &self.name, Folder::Nowhere, errors);
        pci_ids::check(&self.ids, errors);
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&DRIVERS, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            ty,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "PciField");
        let name = c_str(&self.name.value);
        let table = format_ident!("{marker}_ids");
        let rows = self.ids.iter().enumerate().map(|(index, row)| {
            let numbers = row.numbers();
            let index = Literal::usize_unsuffixed(index);
            quote!(#private::PciId::new([#(#numbers),*], #index),)
        });
        let data = self.ids.iter().map(|row| match &row.data {
            Some(data) => data.clone(),
            None => quote!(()),
        });
        let count = Literal::usize_unsuffixed(self.ids.len() + 1);
        let aliases = aliases(marker.to_string().trim_start_matches("__kmod_"));
        quote! {
            // modpost finds the table by the names that `MODULE_DEVICE_TABLE()` gives it, on this kernel
            // and on others. In a block the macro would be a statement, which it cannot be.
            #(#cfgs)*
            mod #table {
                pub static IDS: [#private::PciId; #count] = [#(#rows)* #private::PciId::END];
                #[cfg(target_os = "none")]
                ::core::arch::global_asm!(
                    #(#aliases,)*
                    ids = sym IDS,
                    bytes = const ::core::mem::size_of::<[#private::PciId; #count]>(),
                );
            }
            #(#cfgs)*
            impl #field for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                const IDS: &'static [#private::PciId] = &#table::IDS;
                const DATA: &'static [<#ty as #private::PciDriver>::Id] = &[#(#data),*];
            }
        }
    }
}

/// Assembly that names the table as `MODULE_DEVICE_TABLE()` does.
fn aliases(of: &str) -> Vec<String> {
    let names = [
        format!("__mod_pci__{of}_device_table"),
        format!("__mod_device_table__kmod_module__pci__{of}"),
    ];
    let lines = names.iter().flat_map(|name| {
        [
            format!(".set {name}, {{ids}}"),
            format!(".type {name}, %object"),
            format!(".size {name}, {{bytes}}"),
        ]
    });
    lines.collect()
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "PciDriver",
    documented_as: "pci_driver_handlers",
    table: Some("PciHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "probe",
            caller: "the driver core, which has found a device",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "remove",
            caller: "the driver core, which takes a device away",
            context: Context::Process,
            absent: "nothing more than dropping the device",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "shutdown",
            caller: "`reboot(2)`",
            context: Context::Process,
            absent: "the device is left as it is",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[
        unit("Module"),
        AssociatedType {
            name: "Device",
            default: None,
        },
        unit("Id"),
    ],
    keys: &[],
    ready_made: &[],
    also: &[
        ("bind", "probe"),
        ("unbind", "remove"),
        ("reboot", "shutdown"),
    ],
    not_ready_made: &[],
    why_shared: "devices are found and taken away at once",
    rules: Rules::NONE,
};
