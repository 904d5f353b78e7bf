// SPDX-License-Identifier: GPL-2.0-only
//! `#[kprobe(symbol = "…")]`, and what is known of the trait `KprobeHandler`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::probe::{self, SYMBOL};
use super::{InDevice, Object, ObjectAttribute, Site, embedded};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "kprobe",
    also: &["probe", "kprobes", "jprobe", "fprobe"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: probe::licence("`register_kprobe()`"),
    reports_unshared: false,
    kept: Kept::Alone("KprobeObject"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[SYMBOL];

/// A field under `#[kprobe]`.
struct Kprobe(Text);

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let symbol = args.text(SYMBOL.name, errors);
    if symbol.is_none() {
        args.missing(&SYMBOL, errors);
    }
    Some(Box::new(Kprobe(symbol?)))
}

impl Object for Kprobe {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        probe::check(&self.0, errors);
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let symbol = probe::symbol(&self.0, site);
        let field = embedded::expand(site, "KprobeField");
        quote!(#symbol #field)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "KprobeHandler",
    documented_as: "kprobe_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "entered",
        caller: "the kernel, whenever the function is called",
        context: Context::Atomic,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("pre_handler", "entered"),
        ("enter", "entered"),
        ("entry", "entered"),
        ("handle", "entered"),
    ],
    not_ready_made: &[],
    why_shared: "it may run on several CPUs at once",
    rules: Rules {
        elsewhere,
        ..Rules::NONE
    },
};

/// Why such a probe has not all handlers that C's has.
fn elsewhere(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "returned" | "post_handler" | "handler" => Some((
            "such a probe sees where a function begins",
            "see its return by `#[kretprobe]`",
        )),
        _ => None,
    }
}
