// SPDX-License-Identifier: GPL-2.0-only
//! The rules of an `impl` whose functions are handlers.

use syn::spanned::Spanned;
use syn::{FnArg, Ident, ImplItem, ImplItemFn, parse_quote};

use super::{HandlerImpl, HandlerTrait, ready_made};
use crate::errors::{Errors, closest, listed};

/// Applies the rules, and takes out what breaks them.
pub fn check(handlers: &mut HandlerImpl, errors: &mut Errors) {
    if !is_of_trait(handlers, errors) {
        handlers.misplaced = true;
        return;
    }
    let of = handlers.of;
    handlers.item.items.retain_mut(|item| match item {
        ImplItem::Fn(handler) => {
            let ident = &handler.sig.ident;
            if !of.handlers().any(|known| ident == known) {
                unknown(of, What::Handler, ident, errors);
                return false;
            }
            shared(of, handler, errors);
            (of.rules.signature)(handler, errors);
            true
        }
        ImplItem::Type(ty) if !of.types().any(|known| ty.ident == known) => {
            unknown(of, What::Type, &ty.ident, errors);
            false
        }
        _ => true,
    });
    (of.rules.types)(handlers, errors);
    ready_made::check(handlers, errors);
    (of.rules.whole)(handlers, errors);
}

fn is_of_trait(handlers: &HandlerImpl, errors: &mut Errors) -> bool {
    let HandlerTrait {
        attribute, name, ..
    } = handlers.of;
    let rule = format!("`#[{attribute}]` belongs on an `impl {name}`");
    let help = format!("write `impl {name} for …`");
    match &handlers.item.trait_ {
        None => errors.on(
            &handlers.item.self_ty,
            format!("{rule}, this one has no trait"),
            help,
        ),
        Some((_, path, _)) => {
            let last = path.segments.last();
            if last.is_some_and(|segment| segment.ident == name) {
                return true;
            }
            errors.on(path, rule, help);
        }
    }
    false
}

/// What an `impl` has items of.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Handler,
    Type,
}

/// Reports an item that the trait has not.
fn unknown(of: &HandlerTrait, kind: What, ident: &Ident, errors: &mut Errors) {
    let name = ident.to_string();
    let (what, known, otherwise): (_, Vec<_>, _) = match kind {
        What::Handler => (
            "handler",
            of.handlers().collect(),
            "put other functions into an `impl` of the type itself",
        ),
        What::Type => ("type", of.types().collect(), "leave it out"),
    };
    let rule = format!("`{}` has no {what} `{name}`", of.name);
    if let Some((why, help)) = (of.rules.elsewhere)(&name) {
        errors.at(ident.span(), format!("{rule}: {why}"), help);
        return;
    }
    let key = of.keys.iter().find(|key| key.name == name);
    if let (Some(key), What::Handler) = (key, kind) {
        errors.at(
            ident.span(),
            format!("{rule}: the kernel's own does it"),
            format!(
                "leave it out, and write `#[{}({})]`",
                of.attribute, key.example
            ),
        );
        return;
    }
    let also = of.also.iter().find(|(other, _)| *other == name);
    let meant = also.map(|(_, meant)| *meant);
    let help = match meant.or_else(|| closest(&name, known.iter().copied())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the {what}s are {}; {otherwise}", listed(known)),
    };
    errors.at(ident.span(), rule, help);
}

/// Handlers run concurrently, so they share the value.
fn shared(of: &HandlerTrait, handler: &mut ImplItemFn, errors: &mut Errors) {
    let name = &handler.sig.ident;
    let Some(FnArg::Receiver(receiver)) = handler.sig.inputs.first_mut() else {
        errors.at(
            name.span(),
            format!("`{name}` has no `self`"),
            format!("write `fn {name}(&self, …)`"),
        );
        let receiver = parse_quote!(&self);
        handler.sig.inputs.insert(0, receiver);
        diverge(handler);
        return;
    };
    if receiver.reference.is_some() && receiver.mutability.is_none() {
        return;
    }
    if receiver.colon_token.is_some() {
        // `self: &Self` and the like: the compiler compares it to the trait.
        return;
    }
    errors.on(
        &receiver,
        format!("`{name}` takes `&self`: {}", of.why_shared),
        "write `&self`, and put what changes into a `Mutex`, a `SpinLock` or an atomic",
    );
    let span = receiver.span();
    *receiver = parse_quote!(&self);
    receiver.self_token.span = span;
    diverge(handler);
}

/// A body that says nothing more to the compiler: the handler is refused.
pub fn diverge(handler: &mut ImplItemFn) {
    handler.block = parse_quote!({ loop {} });
}
