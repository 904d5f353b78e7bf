// SPDX-License-Identifier: GPL-2.0-only
//! `#[kretprobe(symbol = "…", maxactive = n)]`, and what is known of the trait `KretprobeHandler`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::probe::{self, SYMBOL};
use super::{InDevice, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "kretprobe",
    also: &["retprobe", "kretprobes", "rethook"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: probe::licence("`register_kretprobe()`"),
    reports_unshared: false,
    kept: Kept::Alone("KretprobeObject"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    SYMBOL,
    Key {
        name: "maxactive",
        example: "maxactive = 64",
        meaning: "how many calls that have not returned are seen at once, over all CPUs",
        default: "the kernel's own number, which grows with the CPUs",
        also: &["max_active", "max"],
    },
];

/// The most that the kernel's own interface for users takes: memory is allocated for each.
const MAXACTIVE_MAX: u128 = 4096;

/// A field under `#[kretprobe]`.
struct Kretprobe {
    symbol: Text,
    maxactive: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let symbol = args.text(SYMBOL.name, errors);
    if symbol.is_none() {
        args.missing(&SYMBOL, errors);
    }
    let maxactive = args.number("maxactive", errors);
    Some(Box::new(Kretprobe {
        symbol: symbol?,
        maxactive,
    }))
}

impl Object for Kretprobe {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        probe::check(&self.symbol, errors);
        if let Some(number) = &self.maxactive
            && !(1..=MAXACTIVE_MAX).contains(&number.value)
        {
            errors.at(
                number.span,
                format!("`maxactive` is from 1 to {MAXACTIVE_MAX}: there is memory for each"),
                "leave it out to take the kernel's own number",
            );
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let symbol = probe::symbol(&self.symbol, site);
        let field = item_at(*span, private, "KretprobeField");
        let maxactive = self.maxactive.as_ref().map(|number| {
            let number = Literal::u128_unsuffixed(number.value);
            quote!(const MAXACTIVE: ::core::ffi::c_int = #number;)
        });
        quote! {
            #symbol
            #(#cfgs)*
            impl #field for #marker {
                #maxactive
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "KretprobeHandler",
    documented_as: "kretprobe_handlers",
    table: Some("KretprobeHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "entered",
            caller: "the kernel, whenever the function is called",
            context: Context::Atomic,
            absent: "nothing is kept, and each return is seen",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "returned",
            caller: "the kernel, when such a call returns",
            context: Context::Atomic,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
    ],
    types: &[unit("Module"), unit("Instance"), unit("Data")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("entry_handler", "entered"),
        ("enter", "entered"),
        ("handler", "returned"),
        ("ret_handler", "returned"),
        ("ret", "returned"),
        ("exit", "returned"),
        ("data", "Data"),
    ],
    not_ready_made: &[],
    why_shared: "it may run on several CPUs at once",
    rules: Rules::NONE,
};
