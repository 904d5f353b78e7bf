// SPDX-License-Identifier: GPL-2.0-only
//! `#[kthread(name = "…", nice = n, cpu = n)]`, and what is known of the trait `KthreadHandler`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;

use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::{int_value, name_of};
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, item_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "kthread",
    also: &["thread", "task", "kthread_run"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device, Kind::PerOpen],
    licence: Licence::Gpl {
        exports: "`__put_task_struct()`",
        objects: "threads",
    },
    reports_unshared: false,
    kept: Kept::Alone("KthreadObject"),
    in_device: InDevice::Of("KthreadObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the task's name, of at most 15 characters",
        default: "the field's name",
        also: &["comm"],
    },
    Key {
        name: "nice",
        example: "nice = 5",
        meaning: "its nice value, from -20 to 19",
        default: "0",
        also: &["priority", "prio"],
    },
    Key {
        name: "cpu",
        example: "cpu = 0",
        meaning: "the CPU on which it stays",
        default: "any",
        also: &["core", "processor"],
    },
];

/// The kernel's `TASK_COMM_LEN`, without its end.
const NAME_MAX: usize = 15;

/// The most CPUs that the kernel can be configured for.
const CPUS_MAX: u128 = 8192;

/// A nice value.
struct Nice {
    value: i8,
    span: Span,
}

/// A field under `#[kthread]`.
struct Kthread {
    /// `name`, or the field's.
    name: Text,
    nice: Option<Nice>,
    cpu: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = args.text("name", errors).unwrap_or_else(|| name_of(field));
    let mut nice = None;
    if let Some((entry, value)) = args.expr("nice", "a number", errors) {
        match int_value(&value) {
            Some(number) => {
                nice = Some(Nice {
                    // What does not fit is out of the range, too.
                    value: i8::try_from(number).unwrap_or(i8::MAX),
                    span: value.span(),
                });
            }
            None => entry.wrong(&value, "a number", errors),
        }
    }
    let cpu = args.number("cpu", errors);
    Some(Box::new(Kthread { name, nice, cpu }))
}

impl Object for Kthread {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        names::file("thread", &self.name, Folder::Nowhere, errors);
        if self.name.value.len() > NAME_MAX {
            errors.at(
                self.name.span,
                format!("a thread's name has at most {NAME_MAX} characters"),
                "give it a shorter `name`",
            );
        }
        if let Some(nice) = &self.nice
            && !(-20..=19).contains(&nice.value)
        {
            errors.at(
                nice.span,
                "a nice value is from -20, the first to run, to 19",
                "leave the key out for 0",
            );
        }
        if let Some(cpu) = &self.cpu
            && cpu.value >= CPUS_MAX
        {
            errors.at(
                cpu.span,
                format!("a kernel has at most {CPUS_MAX} CPUs"),
                "leave the key out for any",
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
        let field = item_at(*span, private, "KthreadField");
        let name = c_str(&self.name.value);
        let constant = |name: TokenStream, value: Literal| quote!(const #name: ::core::primitive::i32 = #value;);
        let nice = self
            .nice
            .as_ref()
            .map(|nice| constant(quote!(NICE), Literal::i8_unsuffixed(nice.value)));
        let cpu = self
            .cpu
            .as_ref()
            .map(|cpu| constant(quote!(CPU), Literal::u128_unsuffixed(cpu.value)));
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                #nice
                #cpu
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "KthreadHandler",
    documented_as: "kthread_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "run",
        caller: "the thread, once it is registered, and when it is started again",
        context: Context::Process,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[("main", "run"), ("thread", "run"), ("body", "run")],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
