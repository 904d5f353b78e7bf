// SPDX-License-Identifier: GPL-2.0-only
//! What all kernel objects have: a marker type for the field, and a static.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Type};

use super::sysctl;
use crate::kernel_module::Field;
use crate::objects::Object;
use crate::tokens::generated_at;

/// Where an object's tokens go.
pub struct Site<'a> {
    /// `::kmod_core::__private`
    pub private: &'a TokenStream,
    /// The marker type of the field.
    pub marker: &'a Ident,
    /// The field's name.
    pub field: &'a Ident,
    /// The field's type.
    pub ty: &'a Type,
    /// The field's `#[cfg]`s.
    pub cfgs: &'a [Attribute],
    /// The place of the field's type, with the macro's own hygiene: that is where the compiler
    /// says that the type does not fit the attribute, and no lint takes it for the user's code.
    /// Only what makes it say so stands there: of each name at a place, editors show what it is.
    pub span: Span,
}

/// The marker's name.
fn marker(field: &Field) -> Ident {
    let name = format!("__kmod_{}", field.ident.unraw());
    Ident::new(&name, Span::call_site())
}

/// The marker of a field and all that hangs on it.
pub fn items(field: &Field, module: &Ident, private: &TokenStream) -> TokenStream {
    let Some(object) = field.object.as_ref().filter(|_| !field.refused) else {
        return TokenStream::new();
    };
    let (ident, ty, cfgs) = (&field.ident, &field.ty, &field.cfgs);
    let span = generated_at(ty.span());
    let marker = &marker(field);
    let described = object.expand(&Site {
        private,
        marker,
        field: ident,
        ty,
        cfgs,
        span,
    });
    quote! {
        #(#cfgs)*
        struct #marker;
        #(#cfgs)*
        impl #private::Field for #marker {
            type Type = #ty;
            type Module = #module;
            fn get(module: &#module) -> &Self::Type {
                &module.#ident
            }
        }
        #described
    }
}

/// An object among the others.
pub struct Member<'a> {
    /// What it is.
    pub object: &'a Object,
    /// The marker type of its field.
    pub marker: Ident,
    /// Its field's `#[cfg]`s.
    pub cfgs: &'a [Attribute],
}

/// Where objects of a kind are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Each in a static of this type, for its field.
    Alone(&'static str),
    /// Those between which no other object stands in one table, of rows of this type.
    InTable(&'static str),
    /// The same, with a table for each folder.
    InFolders,
}

/// What is registered by one call.
pub struct Static<'a> {
    /// The `#[cfg]`s under which it is there.
    pub cfgs: &'a [Attribute],
    /// Its type.
    pub ty: TokenStream,
    /// Its value.
    pub value: TokenStream,
}

/// The statics of all objects and the list of them, in field order.
pub fn statics(fields: &[Field], private: &TokenStream) -> TokenStream {
    let members: Vec<Member<'_>> = fields
        .iter()
        .filter(|field| !field.refused)
        .filter_map(|field| {
            Some(Member {
                object: field.object.as_ref()?,
                marker: marker(field),
                cfgs: &field.cfgs,
            })
        })
        .collect();
    let together = |a: &Member<'_>, b: &Member<'_>| {
        let kept = a.object.kept();
        !matches!(kept, Kept::Alone(_)) && kept == b.object.kept()
    };
    let all = members
        .chunk_by(together)
        .flat_map(|run| match run[0].object.kept() {
            Kept::Alone(ty) => vec![alone(ty, &run[0], private)],
            Kept::InTable(ty) => vec![table(ty, run, private)],
            Kept::InFolders => sysctl::tables(run, private),
        });
    let (mut statics, mut names) = (TokenStream::new(), TokenStream::new());
    for (index, Static { cfgs, ty, value }) in all.enumerate() {
        let name = format_ident!("OBJECT_{index}");
        statics.extend(quote!(#(#cfgs)* static #name: #ty = #value;));
        names.extend(quote!(#(#cfgs)* &#name,));
    }
    quote! {
        #statics
        static OBJECTS: &[&dyn #private::Object] = &[#names];
        OBJECTS
    }
}

/// The static of an object that has one for itself.
fn alone<'a>(ty: &str, member: &Member<'a>, private: &TokenStream) -> Static<'a> {
    let (ty, marker) = (format_ident!("{ty}"), &member.marker);
    Static {
        cfgs: member.cfgs,
        ty: quote!(#private::#ty<#marker>),
        value: quote!(#private::#ty::new()),
    }
}

/// The static of objects that share one.
fn table<'a>(ty: &str, members: &[Member<'a>], private: &TokenStream) -> Static<'a> {
    let ty = format_ident!("{ty}");
    let rows = members
        .iter()
        .map(|Member { marker, cfgs, .. }| quote!(#(#cfgs)* #private::#ty::new::<#marker>(),));
    let count = count(members);
    Static {
        cfgs: &[],
        ty: quote!([#private::#ty; #count]),
        value: quote!([#(#rows)*]),
    }
}

/// How many of them `#[cfg]` leaves.
pub fn count<'a, 'm: 'a>(members: impl IntoIterator<Item = &'a Member<'m>>) -> TokenStream {
    let each = members
        .into_iter()
        .map(|Member { cfgs, .. }| quote!(#(#cfgs)* (),));
    quote!({ <[()]>::len(&[#(#each)*]) })
}
