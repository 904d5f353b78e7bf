// SPDX-License-Identifier: GPL-2.0-only
//! The lifetime of a `poll` handler.

use proc_macro2::Span;
use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, ItemImpl, Lifetime, PathArguments, Type,
    parse_quote,
};

/// Completes the `poll` handlers of an `impl`: one, or several of which `#[cfg]` keeps one.
pub fn complete(item: &mut ItemImpl, at: Span) {
    for item in &mut item.items {
        if let ImplItem::Fn(handler) = item
            && handler.sig.ident == "poll"
        {
            one_lifetime(handler, at);
        }
    }
}

/// Gives device, file and table the one lifetime that they have in the trait, where the author
/// wrote none: the table takes queues that live as long as the device.
fn one_lifetime(handler: &mut ImplItemFn, span: Span) {
    if !handler.sig.generics.params.is_empty() {
        return;
    }
    let lifetime = Lifetime::new("'poll", span);
    for input in &mut handler.sig.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                if let Some((_, unnamed @ None)) = &mut receiver.reference {
                    *unnamed = Some(lifetime.clone());
                }
            }
            FnArg::Typed(argument) => name(&mut argument.ty, &lifetime),
        }
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
