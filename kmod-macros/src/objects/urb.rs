// SPDX-License-Identifier: GPL-2.0-only
//! `#[urb(submit = true)]`, and what is known of the trait `UrbHandler`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::Kind;
use crate::instance::statics::Kept;
use crate::syntax::args::Key;
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "urb",
    also: &["usb_urb", "usb_submit_urb"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`usb_submit_urb()`",
        objects: "URBs",
    },
    reports_unshared: false,
    kept: Kept::Alone("UrbObject"),
    in_device: InDevice::Of("UrbObject"),
    parse: |args, _field, errors| {
        Some(Box::new(Urb {
            submit: args.truth("submit", errors) == Some(true),
        }))
    },
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "submit",
    example: "submit = true",
    meaning: "it is submitted when the device's objects are registered",
    default: "when `submit()` of it is called",
    also: &["start", "auto"],
}];

/// A field under `#[urb]`.
struct Urb {
    submit: bool,
}

impl Object for Urb {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "UrbField");
        let submit = self.submit.then(|| {
            quote!(
                const SUBMIT: ::core::primitive::bool = true;
            )
        });
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                #submit
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "UrbHandler",
    documented_as: "urb_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "completed",
        caller: "the USB core, when the device has sent something, or a fault has ended the transfer",
        context: Context::Atomic,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("complete", "completed"),
        ("completion", "completed"),
        ("callback", "completed"),
    ],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
