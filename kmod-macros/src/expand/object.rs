// SPDX-License-Identifier: GPL-2.0-only
//! What all kernel objects have: a marker type for the field, and a static.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Type};

use crate::model::Field;

/// Where an object's tokens go.
pub struct Site<'a> {
    /// `::kmod_core::__private`
    pub private: &'a TokenStream,
    /// The marker type of the field.
    pub marker: &'a Ident,
    /// The field's type.
    pub ty: &'a Type,
    /// The field's `#[cfg]`s.
    pub cfgs: &'a [Attribute],
    /// The place of the field's type, with the macro's own hygiene: that is where the compiler
    /// says that the type does not fit the attribute, and no lint takes it for the user's code.
    pub span: Span,
}

/// The span of generated code that stands for a token of the user's.
pub fn generated_at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The same tokens at another place.
pub fn moved(tokens: &TokenStream, span: Span) -> TokenStream {
    let trees = tokens.clone().into_iter();
    trees
        .map(|mut tree| {
            tree.set_span(span);
            tree
        })
        .collect()
}

/// The marker's name.
fn marker(field: &Field, span: Span) -> Ident {
    Ident::new(&format!("__kmod_{}", field.ident.unraw()), span)
}

/// The marker of a field and all that hangs on it.
pub fn items(field: &Field, module: &Ident, private: &TokenStream) -> TokenStream {
    let Some(object) = field.object.as_ref().filter(|_| !field.refused) else {
        return TokenStream::new();
    };
    let (ident, ty, cfgs) = (&field.ident, &field.ty, &field.cfgs);
    let span = generated_at(ty.span());
    let marker = &marker(field, span);
    let private = &moved(private, span);
    let described = object.expand(&Site {
        private,
        marker,
        ty,
        cfgs,
        span,
    });
    quote_spanned! {span=>
        #(#cfgs)*
        struct #marker;
        #(#cfgs)*
        impl #private::Field for #marker {
            type Type = #ty;
            type Module = #module;
            fn get(module: &#module) -> &#ty {
                &module.#ident
            }
        }
        #described
    }
}

/// The statics of all objects and the list of them, in field order.
pub fn statics(fields: &[Field], private: &TokenStream) -> TokenStream {
    let mut statics = TokenStream::new();
    let mut names = TokenStream::new();
    for (index, field) in fields.iter().enumerate() {
        let Some(object) = field.object.as_ref().filter(|_| !field.refused) else {
            continue;
        };
        let cfgs = &field.cfgs;
        let marker = marker(field, Span::call_site());
        let name = format_ident!("OBJECT_{index}");
        let ty = format_ident!("{}", object.static_type());
        statics.extend(quote! {
            #(#cfgs)*
            static #name: #private::#ty<#marker> = #private::#ty::new();
        });
        names.extend(quote!(#(#cfgs)* &#name,));
    }
    quote! {
        #statics
        static OBJECTS: &[&dyn #private::Object] = &[#names];
        OBJECTS
    }
}
