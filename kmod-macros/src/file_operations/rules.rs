// SPDX-License-Identifier: GPL-2.0-only
//! The rules that only `#[file_operations]` has.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{GenericArgument, ImplItemFn, PathArguments, ReturnType, Type, TypePath};

use super::lifetimes;
use crate::errors::Errors;
use crate::handlers::check::diverge;
use crate::handlers::{HandlerImpl, ReadyMade, Rules};
use crate::tokens::{call_at, generated_at};

/// All of them.
pub const RULES: Rules = Rules {
    elsewhere: ioctl,
    signature: uncounted,
    types: per_open,
    fits: agrees,
    whole: never_sought,
    complete: lifetimes::complete,
    beside: life,
};

/// Commands are no handlers.
fn ioctl(name: &str) -> Option<(&'static str, &'static str)> {
    name.ends_with("ioctl").then_some((
        "commands have a type each",
        "declare them with `#[ioctl(magic = …)] enum Cmd { … }`, and write `type Ioctl = Cmd;`",
    ))
}

/// Readers and writers of user memory count by themselves, unlike in C.
fn uncounted(handler: &mut ImplItemFn, errors: &mut Errors) {
    let name = handler.sig.ident.to_string();
    let cursor = match name.as_str() {
        "read" | "read_iter" => "UserWriter",
        "write" | "write_iter" => "UserReader",
        _ => return,
    };
    let ReturnType::Type(_, output) = &mut handler.sig.output else {
        return;
    };
    let Type::Path(path) = &mut **output else {
        return;
    };
    let Some(last) = path.path.segments.last() else {
        return;
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return;
    };
    if last.ident != "Result"
        || !matches!(arguments.args.first(), Some(GenericArgument::Type(ty)) if !is_unit(ty))
    {
        return;
    }
    errors.on(
        &path,
        format!("`{name}` returns no number: its `{cursor}` counts the bytes"),
        "write `-> Result`, and return `Ok(())`",
    );
    last_without_arguments(path);
    diverge(handler);
}

fn last_without_arguments(path: &mut TypePath) {
    if let Some(last) = path.path.segments.last_mut() {
        last.arguments = PathArguments::None;
    }
}

/// Whoever has a state per open file makes it in `open`.
fn per_open(operations: &HandlerImpl, errors: &mut Errors) {
    if let Some((ident, ty)) = operations.ty("PerOpen")
        && !operations.has("open")
        && !is_unit(ty)
    {
        errors.at(
            ident.span(),
            "there is a `PerOpen`, but no `open` that makes it",
            "add `fn open(&self, file: &OpenFile<'_, Self>) -> Result<Self::PerOpen>`",
        );
    }
}

/// What is done with the state of an open file, by its type.
fn life(operations: &HandlerImpl, private: &TokenStream) -> TokenStream {
    let Some((_, ty)) = operations.ty("PerOpen").filter(|(_, ty)| !is_unit(ty)) else {
        return TokenStream::new();
    };
    let some = call_at(
        generated_at(ty.span()),
        quote!(#private::some_life),
        quote!(#private::LifeOf::<Self::PerOpen>::LIFE),
    );
    quote! {
        const LIFE: #private::Life<Self::PerOpen> = {
            use #private::PlainLife as _;
            // Evaluated whether somebody uses it or not.
            const { #some }
        };
    }
}

/// Whether a type is `()`.
pub fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// What the kernel has ready fits the handlers that are there.
fn agrees(ready: &ReadyMade, operations: &HandlerImpl, errors: &mut Errors) {
    let ReadyMade {
        key, name, span, ..
    } = ready;
    let has = |name| operations.has(name);
    let breach = match *key {
        "llseek" if has("llseek") => Some((
            "there is a handler `llseek`, too".to_owned(),
            "leave out the handler or the key".to_owned(),
        )),
        "splice_read" if !has("read_iter") => Some(needs(name, "read", "read_iter")),
        "splice_write" if !has("write_iter") => Some(needs(name, "write", "write_iter")),
        "rwf" if !has("read_iter") && !has("write_iter") => Some((
            format!(
                "`{name}` says something of `read_iter` and `write_iter`, and there is neither"
            ),
            "call the handler `read_iter` instead of `read`, or leave the key out".to_owned(),
        )),
        _ => None,
    };
    if let Some((rule, help)) = breach {
        errors.at(*span, rule, help);
    }
    if *key == "llseek" {
        sought(operations, errors);
    }
}

fn needs(name: &str, plain: &str, iter: &str) -> (String, String) {
    (
        format!("`{name}` calls `{iter}`, which is not there"),
        format!("call the handler `{iter}` instead of `{plain}`: they are written alike"),
    )
}

/// Who has no positions has no handler that seeks.
fn never_sought(operations: &HandlerImpl, errors: &mut Errors) {
    if operations.has("llseek") {
        sought(operations, errors);
    }
}

/// Who has no positions does not seek.
fn sought(operations: &HandlerImpl, errors: &mut Errors) {
    let mut keys = operations.ready_made.iter();
    if let Some(open) = keys.find(|ready| ready.key == "open") {
        errors.at(
            open.span,
            format!(
                "after `{}` the kernel never calls `llseek`, which is there",
                open.name
            ),
            "leave out one of them",
        );
    }
}
