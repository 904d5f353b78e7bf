// SPDX-License-Identifier: GPL-2.0-only
//! `#[per_open]`: an instance of which there is one for each open file.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::errors::Errors;
use crate::instance::{self, Field, Instance};
use crate::keys;
use crate::objects::InDevice;

/// The keys: none.
pub fn args(args: &TokenStream, errors: &mut Errors) {
    if !args.is_empty() {
        errors.on(
            args,
            "`#[per_open]` has no keys",
            "write `#[per_open]`; what a file can do stands in `#[file_operations]`",
        );
    }
}

/// The struct, and all that makes it the state of an open file.
pub fn expand(state: &Instance, krate: &TokenStream) -> TokenStream {
    let private = &quote!(#krate::__private);
    let item = &state.item;
    if state.misshapen {
        return quote!(#item);
    }
    let ident = &item.ident;
    let fields = instance::expand::fields(state, private);
    let belongs = instance::expand::belongs(ident, private);
    let sizes = instance::expand::sizes(state, private);
    let keys = keys::expand(state.fields.iter().map(|field| &field.written), private);
    let objects = state
        .fields
        .iter()
        .filter_map(|field| object(field, private));
    quote! {
        #item
        const _: () = {
            #keys
            #fields

            // SAFETY: The struct is shared (asserted above).
            unsafe impl #private::Instance for #ident {
                type Place = #private::InFile<#ident>;
            }
            #belongs

            // SAFETY: These are all objects, in field order; each is its field's value.
            unsafe impl #private::OpenState for #ident {
                const OBJECTS: &'static [&'static dyn #private::Object] = &[#(#objects)*];
            }

            #sizes
        };
    }
}

/// The object of a field, which keeps nothing but what is in the struct.
fn object(field: &Field, private: &TokenStream) -> Option<TokenStream> {
    let object = field.object.as_deref().filter(|_| !field.refused)?;
    let cfgs = &field.cfgs;
    let marker = instance::expand::marker(field);
    let InDevice::Of(ty) = object.attribute().in_device else {
        return None;
    };
    let ty = format_ident!("{ty}");
    Some(quote!(#(#cfgs)* &#private::#ty::<#marker>::new(),))
}
