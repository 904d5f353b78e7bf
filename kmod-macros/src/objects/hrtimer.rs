// SPDX-License-Identifier: GPL-2.0-only
//! `#[hrtimer(clock = …, mode = …)]`, and what is known of the trait `HrtimerHandler`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::Kind;
use crate::instance::statics::Kept;
use crate::syntax::Word;
use crate::syntax::args::{Args, Key};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "hrtimer",
    also: &["high_resolution_timer"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device, Kind::PerOpen],
    licence: Licence::Gpl {
        exports: "`hrtimer_cancel()`",
        objects: "fine timers",
    },
    reports_unshared: false,
    kept: Kept::Alone("HrtimerObject"),
    in_device: InDevice::Of("HrtimerObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "clock",
        example: "clock = boottime",
        meaning: "the clock that it goes by: `monotonic`, `boottime` or `realtime`",
        default: "`monotonic`",
        also: &["base", "clockid"],
    },
    Key {
        name: "mode",
        example: "mode = abs",
        meaning: "whether it is armed for so long after now, `rel`, or for a time of its clock, `abs`",
        default: "`rel`",
        also: &[],
    },
];

/// The clocks.
const CLOCKS: &[&str] = &["monotonic", "boottime", "realtime"];

/// A field under `#[hrtimer]`.
struct Hrtimer {
    clock: Option<Word>,
    mode: Option<Word>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(Hrtimer {
        clock: args.word("clock", CLOCKS, errors),
        mode: args.word("mode", &["rel", "abs"], errors),
    }))
}

impl Object for Hrtimer {
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
        let field = item_at(*span, private, "HrtimerField");
        let clock = self.clock.as_ref().map(|clock| {
            let name = clock.value;
            quote!(const CLOCK: ::core::primitive::i32 = #private::clock(#name);)
        });
        let absolute = self.mode.as_ref().filter(|mode| mode.value == "abs");
        let absolute = absolute.map(|_| {
            quote!(
                const ABSOLUTE: ::core::primitive::bool = true;
            )
        });
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                #clock
                #absolute
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "HrtimerHandler",
    documented_as: "hrtimer_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "expired",
        caller: "the kernel, once the time has passed",
        context: Context::Atomic,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("function", "expired"),
        ("expire", "expired"),
        ("run", "expired"),
    ],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
