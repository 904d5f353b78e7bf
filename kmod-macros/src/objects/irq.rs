// SPDX-License-Identifier: GPL-2.0-only
//! `#[irq(kinds(…))]`, and what is known of the trait `IrqHandler`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, alone};
use crate::errors::{Errors, closest, listed};
use crate::handlers::{self, Context, Handler, HandlerImpl, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key, Value, split_at_commas};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "irq",
    also: &["interrupt", "request_irq"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("IrqObject"),
    in_device: InDevice::Of("IrqObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "kinds",
    example: "kinds(msi, intx)",
    meaning: "the kinds of interrupts that the driver takes: `msix`, `msi` and `intx`, of which the kernel \
              takes the first that the device has",
    default: "all of them",
    also: &["types", "flags", "vectors"],
}];

/// The kinds.
const KINDS: [&str; 3] = ["msix", "msi", "intx"];

/// A field under `#[irq]`.
struct Irq {
    /// The kinds; none for all.
    kinds: Vec<&'static str>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Irq {
        kinds: kinds(args, errors),
    }))
}

/// The words in `kinds(…)`.
fn kinds(args: &mut Args, errors: &mut Errors) -> Vec<&'static str> {
    let Some(entry) = args.take("kinds") else {
        return Vec::new();
    };
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let before = errors.count();
    let mut kinds = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        let [TokenTree::Ident(written)] = part.as_slice() else {
            let tokens: TokenStream = part.into_iter().collect();
            entry.wrong(tokens, "words", errors);
            continue;
        };
        let name = match written.to_string().to_lowercase().as_str() {
            "legacy" | "line" => "intx".to_owned(),
            name => name.to_owned(),
        };
        match KINDS.into_iter().find(|known| written == known) {
            Some(kind) if kinds.contains(&kind) => errors.at(
                written.span(),
                format!("the kind `{kind}` is given twice"),
                "leave one of them out",
            ),
            Some(kind) => kinds.push(kind),
            None => {
                let help = match closest(&name, KINDS) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the kinds are {}", listed(KINDS)),
                };
                let rule = format!("there is no kind of interrupts `{written}`");
                errors.at(written.span(), rule, help);
            }
        }
    }
    if kinds.is_empty() && errors.count() == before {
        entry.wrong(list, "words, one at least", errors);
    }
    kinds
}

impl Object for Irq {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        alone::check(
            &ATTRIBUTE,
            "have one handler see what was raised",
            fields,
            own,
            errors,
        );
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "IrqField");
        let kinds = &self.kinds;
        let kinds = (!kinds.is_empty()).then(
            || quote!(const KINDS: ::core::ffi::c_uint = #private::irq_kinds(&[#(#kinds),*]);),
        );
        quote! {
            #(#cfgs)*
            // SAFETY: It is the only one of its struct.
            unsafe impl #field for #marker {
                #kinds
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "IrqHandler",
    documented_as: "irq_handlers",
    table: Some("IrqHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "handle",
            caller: "the kernel, when the line is raised",
            context: Context::Atomic,
            absent: "`thread` is called at once; the line stays masked until it returns",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "thread",
            caller: "the interrupt's thread, when `handle` has returned `IrqReturn::WakeThread`, or is absent",
            context: Context::Process,
            absent: "there is no thread",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("handler", "handle"),
        ("irq", "handle"),
        ("raised", "handle"),
        ("thread_fn", "thread"),
    ],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules {
        whole: one_of_both,
        ..Rules::NONE
    },
};

/// An interrupt that nobody sees would be raised for ever.
fn one_of_both(handlers: &HandlerImpl, errors: &mut Errors) {
    if handlers.handler("handle").is_none() && handlers.handler("thread").is_none() {
        errors.on(
            &handlers.item.self_ty,
            "an interrupt has a `handle`, a `thread`, or both",
            "write `fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn { … }`",
        );
    }
}
