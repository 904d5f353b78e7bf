// SPDX-License-Identifier: GPL-2.0-only
//! The lifetimes of handlers that hand out what lives as long as the device: `poll` and `fasync`.

use proc_macro2::Span;
use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, ItemImpl, Lifetime, PathArguments, ReturnType,
    Type, parse_quote,
};

/// Handlers whose arguments have one lifetime in the trait.
const HANDLERS: [&str; 2] = ["poll", "fasync"];

/// Completes such handlers of an `impl`: one of each, or several of which `#[cfg]` keeps one.
pub fn complete(item: &mut ItemImpl, at: Span) {
    for item in &mut item.items {
        if let ImplItem::Fn(handler) = item
            && let Some(name) = HANDLERS.iter().find(|name| handler.sig.ident == name)
        {
            one_lifetime(handler, &Lifetime::new(&format!("'{name}"), at));
        }
    }
}

/// Gives device, file, table and answer the one lifetime that they have in the trait, where the author
/// wrote none: queues and lists may be the device's, the module's, or of the file's state.
fn one_lifetime(handler: &mut ImplItemFn, lifetime: &Lifetime) {
    if !handler.sig.generics.params.is_empty() {
        return;
    }
    for input in &mut handler.sig.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                if let Some((_, unnamed @ None)) = &mut receiver.reference {
                    *unnamed = Some(lifetime.clone());
                }
            }
            FnArg::Typed(argument) => name(&mut argument.ty, lifetime),
        }
    }
    if let ReturnType::Type(_, answer) = &mut handler.sig.output
        && let Type::Reference(answer) = &mut **answer
        && answer
            .lifetime
            .as_ref()
            .is_none_or(|named| named.ident == "_")
    {
        answer.lifetime = Some(lifetime.clone());
    }
    handler.sig.generics = parse_quote!(<#lifetime>);
}

/// Puts `lifetime` for each `'_` among a type's arguments; a reference to it keeps its own.
fn name(ty: &mut Type, lifetime: &Lifetime) {
    match ty {
        Type::Reference(reference) => name(&mut reference.elem, lifetime),
        Type::Path(path) => {
            let arguments = path.path.segments.iter_mut();
            for arguments in arguments.map(|segment| &mut segment.arguments) {
                let PathArguments::AngleBracketed(arguments) = arguments else {
                    continue;
                };
                for argument in &mut arguments.args {
                    if let GenericArgument::Lifetime(unnamed) = argument
                        && unnamed.ident == "_"
                    {
                        *unnamed = lifetime.clone();
                    }
                }
            }
        }
        _ => {}
    }
}
