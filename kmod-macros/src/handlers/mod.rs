// SPDX-License-Identifier: GPL-2.0-only
//! Traits whose functions are handlers, which the kernel calls: what an attribute on an `impl` of
//! one does, whichever it is.
//!
//! A handler that is absent is a `NULL` in the kernel's table. A trait's default function cannot
//! tell whether it was overridden, so the attribute writes a constant that says which handlers are
//! there; it takes by keys what the kernel has ready for a slot; it inserts the types that were
//! left out; and it reports what the trait has not, at the word itself.
//!
//! A trait is described by a [`HandlerTrait`], a static in a file of its own, and stands in
//! [`traits`].

pub mod check;
pub mod expand;
pub mod parse;
mod ready_made;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, ImplItem, ImplItemFn, ItemImpl, Type};

use crate::errors::Errors;
use crate::file_operations::FILE_OPERATIONS;
use crate::objects;
use crate::syntax::args::Key;

/// The traits: that of files, and those of objects.
pub fn traits() -> impl Iterator<Item = &'static HandlerTrait> + Clone {
    [&FILE_OPERATIONS]
        .into_iter()
        .chain(objects::TRAITS.iter().copied())
}

/// What is known of a trait.
pub struct HandlerTrait {
    /// The attribute on its `impl`s.
    pub attribute: &'static str,
    /// Its name.
    pub name: &'static str,
    /// How the tables of the documentation call its handlers.
    pub documented_as: &'static str,
    /// The type of its constant `HANDLERS`: a struct of `kmod_core::__private` with a field for
    /// each handler that can be absent and those of `ready_made`, and a value `NONE`. None if no
    /// handler can be absent.
    pub table: Option<&'static str>,
    /// The table has other fields, too.
    pub has_more: bool,
    /// Its handlers.
    pub handlers: &'static [Handler],
    /// Its types.
    pub types: &'static [AssociatedType],
    /// The keys, for slots that the kernel has functions for.
    pub keys: &'static [Key],
    /// Those functions.
    pub ready_made: &'static [Function],
    /// What handlers and types are called elsewhere.
    pub also: &'static [(&'static str, &'static str)],
    /// What to write for other functions of the kernel's.
    pub not_ready_made: &'static [(&'static str, &'static str)],
    /// Why a handler takes `&self`, and not `&mut self`.
    pub why_shared: &'static str,
    /// Rules of its own.
    pub rules: Rules,
}

/// Rules and completions that a trait has of its own.
pub struct Rules {
    /// For a name that it has not: why, and what to write.
    pub elsewhere: fn(&str) -> Option<(&'static str, &'static str)>,
    /// Of a handler's signature; what breaks one is mended, and its body made to say nothing.
    pub signature: fn(&mut ImplItemFn, &mut Errors),
    /// Of what the kernel has ready, next to the handlers that are there.
    pub fits: fn(&ReadyMade, &HandlerImpl, &mut Errors),
    /// Of the types next to the handlers, before the keys are looked at.
    pub types: fn(&HandlerImpl, &mut Errors),
    /// Of the keys that are left, next to the handlers.
    pub whole: fn(&HandlerImpl, &mut Errors),
    /// What is added to handlers as they were written. The place is the type's.
    pub complete: fn(&mut ItemImpl, Span),
    /// What is added beside them, with `kmod_core::__private`.
    pub beside: fn(&HandlerImpl, &TokenStream) -> TokenStream,
}

impl Rules {
    /// None.
    pub const NONE: Self = Self {
        elsewhere: |_| None,
        signature: |_, _| {},
        fits: |_, _, _| {},
        types: |_, _| {},
        whole: |_, _| {},
        complete: |_, _| {},
        beside: |_, _| TokenStream::new(),
    };
}

/// A handler, with what the documentation says of it.
#[derive(Clone, Copy)]
pub struct Handler {
    /// Its name.
    pub name: &'static str,
    /// What calls it, in Markdown.
    pub caller: &'static str,
    /// Where it runs.
    pub context: Context,
    /// What happens when it is absent, in Markdown; that it must be there.
    pub absent: &'static str,
    /// What the attribute writes then.
    pub otherwise: Otherwise,
}

/// The attribute of all traits that have none of their own.
pub const HANDLERS: &str = "handlers";

/// A type that is `()` when it is left out.
pub const fn unit(name: &'static str) -> AssociatedType {
    AssociatedType {
        name,
        default: Some("()"),
    }
}

/// Where a handler runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// In a process: it may sleep.
    Process,
    /// In an interrupt, or where another task cannot run: it must not sleep.
    Atomic,
    /// That of the chain of its notifier.
    Chain,
    /// Atomic, unless the attribute of its field says that it may sleep.
    Declared,
}

impl Context {
    /// How the documentation calls it.
    pub fn documented(self) -> &'static str {
        match self {
            Context::Process => "process",
            Context::Atomic => "atomic",
            Context::Chain => "its chain's",
            Context::Declared => "atomic; process with `can_sleep = true`",
        }
    }
}

/// What the attribute writes for a handler that is absent.
#[derive(Clone, Copy)]
pub enum Otherwise {
    /// Nothing: the compiler says that it is missing.
    Missing,
    /// That its slot is `NULL`.
    NullSlot,
    /// This function: the trait has none, for it depends on the trait's types.
    Function(fn(&HandlerImpl, krate: &TokenStream) -> TokenStream),
}

/// A type that an `impl` names.
pub struct AssociatedType {
    /// Its name.
    pub name: &'static str,
    /// What it is when it is left out; the compiler asks for one that has no default.
    pub default: Option<&'static str>,
}

/// A function or a flag of the kernel's.
pub struct Function {
    /// The key for it.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The field of the trait's table.
    pub field: &'static str,
    /// What the field is then.
    pub value: Value,
}

/// The value of a field of a trait's table.
pub enum Value {
    /// `true`
    True,
    /// A variant of an enum of `kmod_core::__private`.
    Variant(&'static str, &'static str),
    /// The same, of what stands in the function's parentheses.
    VariantOf(&'static str, &'static str, Argument),
}

/// What a function of the kernel's takes.
pub struct Argument {
    /// What it is.
    pub what: &'static str,
    /// How it is given.
    pub help: &'static str,
}

/// An `impl` of the trait.
pub struct HandlerImpl {
    /// The trait.
    pub of: &'static HandlerTrait,
    /// The `impl`, without what was refused in it.
    pub item: ItemImpl,
    /// The keys: the kernel's own functions and flags.
    pub ready_made: Vec<ReadyMade>,
    /// The attribute and its keys, as they were written.
    pub written: Vec<Ident>,
    /// It is not an `impl` of the trait: only the `impl` itself is emitted.
    pub misplaced: bool,
}

/// What the kernel has for a slot, as in `llseek = fixed_size_llseek(SIZE)`.
pub struct ReadyMade {
    /// The key.
    pub key: &'static str,
    /// The function or the flag.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What it was given in parentheses.
    pub argument: Option<Expr>,
}

impl HandlerTrait {
    /// The handlers' names.
    pub fn handlers(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.iter().map(|handler| handler.name)
    }

    /// The types' names.
    pub fn types(&self) -> impl Iterator<Item = &'static str> {
        self.types.iter().map(|ty| ty.name)
    }

    /// The functions for a key.
    pub fn functions<'k>(&self, key: &'k str) -> impl Iterator<Item = &'static Function> + use<'k> {
        let functions = self.ready_made.iter();
        functions.filter(move |function| function.key == key)
    }

    /// What a key was given, if the kernel has it.
    pub fn function(&self, ready: &ReadyMade) -> Option<&'static Function> {
        let mut functions = self.functions(ready.key);
        functions.find(|function| function.name == ready.name)
    }
}

impl HandlerImpl {
    /// The handler of this name.
    pub fn handler(&self, name: &str) -> Option<&ImplItemFn> {
        self.item.items.iter().find_map(|item| match item {
            ImplItem::Fn(handler) if handler.sig.ident == name => Some(handler),
            _ => None,
        })
    }

    /// Whether there is a handler of this name.
    pub fn has(&self, name: &str) -> bool {
        self.handler(name).is_some()
    }

    /// The type of this name, with its place.
    pub fn ty(&self, name: &str) -> Option<(&Ident, &Type)> {
        self.item.items.iter().find_map(|item| match item {
            ImplItem::Type(ty) if ty.ident == name => Some((&ty.ident, &ty.ty)),
            _ => None,
        })
    }
}
