// SPDX-License-Identifier: GPL-2.0-only
//! `#[tracepoint(name = "…")]`, and what is known of the trait `TracepointHandler`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, embedded};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};
use crate::tokens::c_str;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "tracepoint",
    also: &["tracepoints", "raw_tracepoint", "raw_tp", "trace_probe"],
    keys: KEYS,
    on: &[Kind::Module],
    licence: Licence::Gpl {
        exports: "`tracepoint_probe_register()`",
        objects: "tracepoints",
    },
    reports_unshared: false,
    kept: Kept::Alone("TracepointObject"),
    in_device: InDevice::Never,
    parse,
};

/// The keys.
const KEYS: &[Key] = &[NAME, HEADER];

const NAME: Key = Key {
    name: "name",
    example: "name = \"sched_process_exit\"",
    meaning: "the tracepoint, by its name: in `events/sched/sched_process_exit` the last part",
    default: "must be given",
    also: &["event", "tracepoint", "symbol"],
};

const HEADER: Key = Key {
    name: "header",
    example: "header = \"trace/events/sched.h\"",
    meaning: "the kernel's header that declares it",
    default: "the one among `trace/events/*.h` that does",
    also: &["include", "file"],
};

/// The longest name.
const NAME_MAX: usize = 127;

/// A field under `#[tracepoint]`.
struct Tracepoint {
    name: Text,
    header: Option<Text>,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text(NAME.name, errors);
    if name.is_none() {
        args.missing(&NAME, errors);
    }
    let header = args.text(HEADER.name, errors);
    Some(Box::new(Tracepoint {
        name: name?,
        header,
    }))
}

impl Object for Tracepoint {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        check_name(&self.name, errors);
        if let Some(header) = &self.header {
            check_header(header, errors);
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            ..
        } = site;
        let name = &self.name.value;
        let in_c = c_str(name);
        let header = self.header.as_ref().map_or("", |header| &header.value);
        let function = format!("kmod_tracepoint_of_{name}");
        let field = embedded::expand(site, "TracepointField");
        quote! {
            #(#cfgs)*
            const _: () = {
                // SAFETY: `cargo kmod` makes the function of the tracepoint's prototype.
                unsafe impl #private::TracepointName for #marker {
                    const NAME: &'static ::core::ffi::CStr = #in_c;

                    fn function() -> *mut ::core::ffi::c_void {
                        #private::tracepoint_function!(#function)
                    }
                }

                #private::told_link! {
                    #private::uapi::Item::Tracepoint(&#private::uapi::Tracepoint {
                        name: #name,
                        header: #header,
                        place: #private::concat!(#private::file!(), ":", #private::line!()),
                    })
                }
            };
            #field
        }
    }
}

/// The rules of a tracepoint's name.
fn check_name(name: &Text, errors: &mut Errors) {
    let Text { value, span } = name;
    let is_name = |name: &str| {
        name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
    };
    let last = value.rsplit([':', '/']).next().unwrap_or_default();
    let traced = value
        .strip_prefix("trace_")
        .or(value.strip_prefix("__tracepoint_"));
    let (rule, help) = if value.is_empty() {
        (
            "a tracepoint has a name".to_owned(),
            format!("write `{}`", NAME.example),
        )
    } else if last != value && is_name(last) {
        (
            "a tracepoint's name is the last part of its event's".to_owned(),
            format!("write `\"{last}\"`"),
        )
    } else if let Some(traced) = traced.filter(|traced| is_name(traced)) {
        (
            "a tracepoint's name is that of its event, not of what calls it".to_owned(),
            format!("write `\"{traced}\"`"),
        )
    } else if !is_name(value) {
        (
            "a tracepoint's name is made of letters, digits and `_`".to_owned(),
            format!("write `{}`", NAME.example),
        )
    } else if value.len() > NAME_MAX {
        (
            format!("the kernel knows no tracepoint by more than {NAME_MAX} characters"),
            "write its name in `/sys/kernel/tracing/available_events`".to_owned(),
        )
    } else {
        return;
    };
    errors.at(*span, rule, help);
}

/// The rules of a header's path.
fn check_header(header: &Text, errors: &mut Errors) {
    let Text { value, span } = header;
    let is_path = value
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    if !is_path || !value.ends_with(".h") || value.starts_with('/') || value.contains("..") {
        errors.at(
            *span,
            "a header is named as in `#include <…>`",
            format!("write `{}`", HEADER.example),
        );
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "TracepointHandler",
    documented_as: "tracepoint_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "hit",
        caller: "the kernel, whenever it comes by",
        context: Context::Atomic,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("probe", "hit"),
        ("traced", "hit"),
        ("entered", "hit"),
        ("handle", "hit"),
    ],
    not_ready_made: &[],
    why_shared: "it may run on several CPUs at once",
    rules: Rules::NONE,
};
