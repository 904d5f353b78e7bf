// SPDX-License-Identifier: GPL-2.0-only
//! `#[rtc(range = a..=b)]`, and what is known of the trait `RtcOps`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::Expr;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, alone};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::int_value;
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "rtc",
    also: &["clock", "rtc_device"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`devm_rtc_allocate_device()`",
        objects: "clocks",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "range",
    example: "range = 946684800..=4102444799",
    meaning: "the times that the clock can have, in seconds since 1970",
    default: "any",
    also: &["years", "valid"],
}];

/// 1900 and 9999, which the kernel computes with.
const TIMES: (i128, i128) = (-2_208_988_800, 253_402_300_799);

/// A field under `#[rtc]`.
struct Rtc {
    /// The first and the last time.
    range: Option<(i128, i128)>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let range = args.range("range", errors).and_then(|range| {
        let end = |end: &Option<Expr>| int_value(end.as_ref()?);
        let ends = end(&range.min).zip(end(&range.max));
        let (first, last) = TIMES;
        let fits = |(min, max): &(i128, i128)| first <= *min && min < max && *max <= last;
        let ends = ends.filter(fits);
        if ends.is_none() {
            errors.on(
                &range.expr,
                format!(
                    "a clock's times are numbers from {first} to {last}: the years 1900 to 9999"
                ),
                "leave the key out for any",
            );
        }
        ends
    });
    Some(Box::new(Rtc { range }))
}

impl Object for Rtc {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        alone::check(
            &ATTRIBUTE,
            "have a device for each clock",
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
        let class = item_at(*span, private, "ClassField");
        let range = self.range.map(|(min, max)| {
            let [min, max] = [min, max].map(Literal::i128_unsuffixed);
            quote! {
                const RANGE: ::core::option::Option<(
                    ::core::primitive::i64,
                    ::core::primitive::i64,
                )> = ::core::option::Option::Some((#min, #max));
            }
        });
        quote! {
            #(#cfgs)*
            // SAFETY: It is the only one of its struct.
            unsafe impl #private::RtcField for #marker {
                #range
            }
            #(#cfgs)*
            impl #class for #marker {}
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "RtcOps",
    documented_as: "rtc_handlers",
    table: Some("RtcHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "read_time",
            caller: "`RTC_RD_TIME`, a read of `time` or `date`, and the kernel",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "set_time",
            caller: "`RTC_SET_TIME`, and the kernel",
            context: Context::Process,
            absent: "EINVAL: it cannot be set",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[("get_time", "read_time"), ("time", "read_time")],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
