// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations]`

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, ImplItem, ItemImpl, Meta, Type};

use super::check::{handlers, is_unit};
use super::poll;
use crate::file_operations::{FileOperations, ReadyMade};
use crate::keys;
use crate::tokens::generated_at;

/// The `impl`, completed.
pub fn expand(operations: &FileOperations, krate: &TokenStream) -> TokenStream {
    let private = quote!(#krate::__private);
    let item = &operations.item;
    if operations.misplaced {
        return quote!(#item);
    }
    let module = ty(item, "Module")
        .is_none()
        .then(|| quote! { type Module = (); });
    let per_open = ty(item, "PerOpen");
    let unit = per_open.is_none().then(|| quote! { type PerOpen = (); });
    let ioctl = ty(item, "Ioctl")
        .is_none()
        .then(|| quote! { type Ioctl = (); });
    let open = handler(item, "open").is_none().then(|| {
        // With a `PerOpen` of another type, the missing `open` has been reported.
        // Else its type is not `Self::PerOpen` here, for which the compiler would ask once more
        // whether the device can have an `impl` at all.
        let (state, body) = match per_open {
            Some(ty) if !is_unit(ty) => (quote!(Self::PerOpen), quote!(loop {})),
            _ => (quote!(()), quote!(::core::result::Result::Ok(()))),
        };
        quote! {
            fn open(
                &self,
                _file: &#krate::file::OpenFile<'_, Self>,
            ) -> #krate::error::Result<#state> {
                #body
            }
        }
    });
    let slots = handlers().filter(|name| *name != "open");
    let slots = slots.filter_map(|name| {
        let slot = format_ident!("{name}");
        let present = present(handler(item, name)?);
        Some(quote!(#slot: #present))
    });
    let ready_made = operations.ready_made.iter();
    let ready_made = ready_made.map(|ready| ready_made_slot(ready, &private));
    let keys = keys::of_file_operations(&operations.written, &private);
    let at = generated_at(item.self_ty.span());
    let mut item = item.clone();
    poll::handlers(&mut item).for_each(|handler| poll::one_lifetime(handler, at));
    let added = quote! {
        #module
        #unit
        #ioctl
        const HANDLERS: #private::Handlers = #private::Handlers {
            #(#slots,)*
            #(#ready_made,)*
            ..#private::Handlers::NONE
        };
        #open
    };
    item.items.insert(0, ImplItem::Verbatim(added));
    quote!(#keys #item)
}

/// What the kernel has for a slot; a name that it has not was refused.
fn ready_made_slot(ready: &ReadyMade, private: &TokenStream) -> TokenStream {
    let open_as = |how| quote!(open_as: #private::OpenAs::#how);
    let llseek_as = |how| quote!(llseek_as: #private::LlseekAs::#how);
    match ready.name.as_str() {
        "nonseekable_open" => open_as(quote!(Nonseekable)),
        "stream_open" => open_as(quote!(Stream)),
        "default_llseek" => llseek_as(quote!(Default)),
        "generic_file_llseek" => llseek_as(quote!(Generic)),
        "no_seek_end_llseek" => llseek_as(quote!(NoSeekEnd)),
        "noop_llseek" => llseek_as(quote!(Noop)),
        "fixed_size_llseek" => {
            let size = &ready.argument;
            llseek_as(quote!(FixedSize(#size)))
        }
        "copy_splice_read" => quote!(splice_read: true),
        "iter_file_splice_write" => quote!(splice_write: true),
        _ => quote!(nowait: true),
    }
}

/// The attributes of a handler that is there.
fn handler<'a>(item: &'a ItemImpl, name: &str) -> Option<&'a [Attribute]> {
    item.items.iter().find_map(|item| match item {
        ImplItem::Fn(handler) if handler.sig.ident == name => Some(&*handler.attrs),
        _ => None,
    })
}

fn ty<'a>(item: &'a ItemImpl, name: &str) -> Option<&'a Type> {
    item.items.iter().find_map(|item| match item {
        ImplItem::Type(ty) if ty.ident == name => Some(&ty.ty),
        _ => None,
    })
}

/// Whether a handler's `#[cfg]`s keep it.
fn present(attributes: &[Attribute]) -> TokenStream {
    let conditions: Vec<_> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg") => Some(&list.tokens),
            _ => None,
        })
        .collect();
    if conditions.is_empty() {
        quote!(true)
    } else {
        quote!(::core::cfg!(all(#(#conditions),*)))
    }
}
