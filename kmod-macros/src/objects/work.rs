// SPDX-License-Identifier: GPL-2.0-only
//! `#[work(queue = …)]`, and what is known of the trait `WorkHandler`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Expr, Lit};

use super::{InDevice, Licence, Object, ObjectAttribute, Site, workqueue};
use crate::errors::{Errors, closest, listed};
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind, expand};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::{literal, strip};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "work",
    also: &["work_struct", "delayed_work"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device, Kind::PerOpen],
    licence: Licence::Gpl {
        exports: "`cancel_work_sync()`",
        objects: "works",
    },
    reports_unshared: false,
    kept: Kept::Alone("Queued"),
    in_device: InDevice::Of("Queued"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "queue",
    example: "queue = events",
    meaning: "where it is queued: a field under `#[workqueue]` that stands before it, or one of the \
              system's queues: `\"highpri\"`, `\"long\"`, `\"unbound\"`, `\"freezable\"`",
    default: "the system's, that of `schedule_work()`",
    also: &["wq", "workqueue", "on"],
}];

/// The system's queues that have names.
const SYSTEM: &[&str] = &["highpri", "long", "unbound", "freezable"];

/// Where a work is queued.
enum Queue {
    /// By `schedule_work()`.
    Default,
    /// On the system's queue of this name.
    System(&'static str),
    /// On that of this field.
    Own(Ident),
}

/// A field under `#[work]`.
struct Work {
    queue: Queue,
}

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let queue = match args.expr("queue", "the name of a queue", errors) {
        None => Queue::Default,
        Some((entry, value)) => match (strip(&value), literal(&value)) {
            (Expr::Path(path), _) if path.path.get_ident().is_some() => {
                Queue::Own(path.path.require_ident().ok()?.clone())
            }
            (_, Some(Lit::Str(name))) => Queue::System(system(&name.value(), name.span(), errors)?),
            _ => {
                entry.wrong(&value, "the name of a queue", errors);
                return None;
            }
        },
    };
    Some(Box::new(Work { queue }))
}

/// The system's queue of this name.
fn system(name: &str, span: Span, errors: &mut Errors) -> Option<&'static str> {
    let named = SYSTEM.iter().copied().find(|system| *system == name);
    if named.is_none() {
        let help = match closest(name, SYSTEM.iter().copied()) {
            Some(meant) => format!("did you mean `\"{meant}\"`?"),
            None => format!(
                "the system's are {}; a queue of the module's own is named without quotes",
                listed(SYSTEM.iter().copied())
            ),
        };
        errors.at(span, format!("the system has no queue `{name}`"), help);
    }
    named
}

impl Object for Work {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        let Queue::Own(queue) = &self.queue else {
            return;
        };
        let is_queue = |field: &Field| {
            let object = field.object.as_deref();
            object.is_some_and(|object| std::ptr::eq(object.attribute(), &workqueue::ATTRIBUTE))
        };
        match fields.iter().position(|field| field.ident == *queue) {
            Some(index) if !is_queue(&fields[index]) => errors.at(
                queue.span(),
                format!("field `{queue}` is not a queue"),
                "name a field under `#[workqueue]`",
            ),
            Some(index) if index > own => errors.at(
                queue.span(),
                format!("the queue `{queue}` comes after its work, and would be there too late"),
                format!("put field `{queue}` before field `{}`", fields[own].ident),
            ),
            Some(_) => {}
            None => {
                let queues = fields.iter().filter(|field| is_queue(field));
                let names: Vec<_> = queues.map(|field| field.ident.to_string()).collect();
                let help = match closest(&queue.to_string(), names.iter().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!(
                        "put `#[workqueue] {queue}: WorkQueue` before it, or name one of the \
                         system's queues, as `queue = \"unbound\"`"
                    ),
                };
                errors.at(queue.span(), format!("there is no queue `{queue}`"), help);
            }
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
        let field = item_at(*span, private, "WorkField");
        let queue = match &self.queue {
            Queue::Default => quote!(#private::SystemQueue<0>),
            Queue::System(name) => {
                quote!(#private::SystemQueue<{ #private::system_queue(#name) }>)
            }
            Queue::Own(queue) => {
                let queue = expand::marker_of(queue);
                quote!(#private::OwnQueue<#queue>)
            }
        };
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                type Queue = #queue;
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "WorkHandler",
    documented_as: "work_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "run",
        caller: "a worker thread, once the work is queued",
        context: Context::Process,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[("work", "run"), ("func", "run"), ("execute", "run")],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules::NONE,
};
