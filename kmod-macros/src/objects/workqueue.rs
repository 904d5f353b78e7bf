// SPDX-License-Identifier: GPL-2.0-only
//! `#[workqueue(name = "…", flags(…), max_active = n)]`.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::{Errors, closest, listed};
use crate::instance::clashes::Namespace;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::rules::names::{self, Folder};
use crate::syntax::args::{Args, Key, Value, split_at_commas};
use crate::syntax::forms::name_of;
use crate::syntax::{Number, Text, Word};
use crate::tokens::{c_str, item_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "workqueue",
    also: &["work_queue", "workqueue_struct", "wq"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device, Kind::PerOpen],
    licence: Licence::Gpl {
        exports: "`alloc_workqueue()`",
        objects: "queues",
    },
    reports_unshared: false,
    kept: Kept::Alone("WorkQueueObject"),
    in_device: InDevice::Of("WorkQueueObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning: "the queue's name, of at most 23 characters",
        default: "the field's name",
        also: &[],
    },
    Key {
        name: "flags",
        example: "flags(unbound, mem_reclaim)",
        meaning: "any of `unbound`, `freezable`, `mem_reclaim`, `highpri`, `cpu_intensive`, `sysfs`: the \
                  kernel's `WQ_…`; and `ordered`: one work at a time, in the order of queueing",
        default: "none: works stay on the CPU that queued them",
        also: &["flag"],
    },
    Key {
        name: "max_active",
        example: "max_active = 4",
        meaning: "how many of its works run at once on a CPU",
        default: "the kernel's own number",
        also: &["max", "concurrency"],
    },
];

/// The flag that is none of the kernel's.
const ORDERED: &str = "ordered";

/// The flags.
const FLAGS: &[&str] = &[
    "unbound",
    "freezable",
    "mem_reclaim",
    "highpri",
    "cpu_intensive",
    "sysfs",
    ORDERED,
];

/// The kernel's `WQ_NAME_LEN` was this, with its end, before it was more.
const NAME_MAX: usize = 23;

/// The kernel's `WQ_MAX_ACTIVE`, on all kernels.
const ACTIVE_MAX: u128 = 512;

/// The names of queues.
static QUEUES: Namespace = Namespace {
    of: "work queue",
    help: "give them different names",
    is_tree: false,
};

/// A field under `#[workqueue]`.
struct WorkQueue {
    /// `name`, or the field's.
    name: Text,
    flags: Vec<Word>,
    max_active: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    Some(Box::new(WorkQueue {
        name: args.text("name", errors).unwrap_or_else(|| name_of(field)),
        flags: flags(args, errors),
        max_active: args.number("max_active", errors),
    }))
}

/// The words in `flags(…)`.
fn flags(args: &mut Args, errors: &mut Errors) -> Vec<Word> {
    let Some(entry) = args.take("flags") else {
        return Vec::new();
    };
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let mut flags: Vec<Word> = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        let [TokenTree::Ident(written)] = part.as_slice() else {
            let tokens: TokenStream = part.into_iter().collect();
            entry.wrong(tokens, "words", errors);
            continue;
        };
        let names = || FLAGS.iter().copied();
        let name = written.to_string().to_lowercase();
        let name = name.strip_prefix("wq_").unwrap_or(&name);
        match names().find(|known| written == known) {
            Some(value) if flags.iter().any(|flag| flag.value == value) => errors.at(
                written.span(),
                format!("the flag `{value}` is given twice"),
                "leave one of them out",
            ),
            Some(value) => flags.push(Word {
                value,
                span: written.span(),
            }),
            None => {
                let help = match closest(name, names()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the flags are {}", listed(names())),
                };
                let rule = format!("a work queue has no flag `{written}`");
                errors.at(written.span(), rule, help);
            }
        }
    }
    flags
}

impl WorkQueue {
    /// One of its flags, if it has it.
    fn flag(&self, name: &str) -> Option<&Word> {
        self.flags.iter().find(|flag| flag.value == name)
    }
}

impl Object for WorkQueue {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        names::file("work queue", &self.name, Folder::Nowhere, errors);
        if self.name.value.len() > NAME_MAX {
            errors.at(
                self.name.span,
                format!("a work queue's name has at most {NAME_MAX} characters"),
                "give it a shorter `name`",
            );
        }
        if let Some(ordered) = self.flag(ORDERED) {
            let rules = [
                ("unbound", "an ordered queue is unbound anyhow"),
                (
                    "cpu_intensive",
                    "`cpu_intensive` says nothing of an unbound queue",
                ),
                (
                    "sysfs",
                    "sysfs could make an ordered queue run several works at once",
                ),
            ];
            for (other, rule) in rules {
                if let Some(flag) = self.flag(other) {
                    errors.at(flag.span, rule, format!("leave `{other}` out"));
                }
            }
            if self.max_active.is_some() {
                errors.at(
                    ordered.span,
                    "an ordered queue runs one work at a time",
                    "leave `max_active` or `ordered` out",
                );
            }
        }
        let several = match field.kind {
            Kind::Module => None,
            Kind::Device => Some("a driver's devices"),
            Kind::PerOpen => Some("open files"),
        };
        if let (Some(flag), Some(several)) = (self.flag("sysfs"), several) {
            errors.at(
                flag.span,
                format!("the queues of {several} have one name, and sysfs has each only once"),
                "leave `sysfs` out",
            );
        }
        if let (Some(flag), Some(_)) = (self.flag("cpu_intensive"), self.flag("unbound")) {
            errors.at(
                flag.span,
                "`cpu_intensive` says nothing of an unbound queue",
                "leave `cpu_intensive` out",
            );
        }
        if let Some(max) = &self.max_active
            && !(1..=ACTIVE_MAX).contains(&max.value)
        {
            errors.at(
                max.span,
                format!("from 1 to {ACTIVE_MAX} works of a queue run at once"),
                "leave the key out to take the kernel's own number",
            );
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&QUEUES, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let field = item_at(*span, private, "WorkQueueField");
        let name = c_str(&self.name.value);
        let flags = self.flags.iter().map(|flag| flag.value);
        let flags = flags.filter(|flag| *flag != ORDERED);
        let ordered = self.flag(ORDERED).is_some();
        let max_active = self.max_active.as_ref().map_or(0, |max| max.value);
        let max_active = Literal::u128_unsuffixed(max_active);
        quote! {
            #(#cfgs)*
            impl #field for #marker {
                const NAME: &'static ::core::ffi::CStr = #name;
                const FLAGS: ::core::primitive::u32 = #private::work_queue_flags(&[#(#flags),*]);
                const ORDERED: ::core::primitive::bool = #ordered;
                const MAX_ACTIVE: ::core::primitive::i32 = #max_active;
            }
        }
    }
}
