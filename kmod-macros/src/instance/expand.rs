// SPDX-License-Identifier: GPL-2.0-only
//! What all fields of an instance have: a marker type for each object, and the compiler's word that
//! they can be shared and fit on the stack.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::{Field, Instance, Kind};
use crate::objects::{File, Object, Site};
use crate::tokens::{call_at, generated_at};
use crate::uapi;

/// The fields: each one's state, its object, and all of them together.
pub fn fields(instance: &Instance, private: &TokenStream) -> TokenStream {
    let reports_unshared = |field: &Field| {
        let object = field.object.as_deref();
        object.is_some_and(|object| object.attribute().reports_unshared)
    };
    let states = instance.fields.iter();
    let states = states
        .filter(|field| !reports_unshared(field))
        .map(|field| state(field, private));
    let mut groups = HashMap::<_, usize>::new();
    for object in instance.objects() {
        *groups.entry(group(object)).or_default() += 1;
    }
    let objects = instance.fields.iter().filter_map(|field| {
        let described = field.object.as_deref().filter(|_| !field.refused)?;
        let in_group = groups[&group(described)];
        Some(object(described, field, instance, in_group, private))
    });
    let shared = shared(instance, private);
    // What is wrong with a field is to be reported before what follows from it.
    quote! {
        #(#states)*
        #(#objects)*
        #shared
    }
}

/// What an object has in common with some others.
fn group(object: &dyn Object) -> (&'static str, &str) {
    (object.attribute().name, object.group())
}

/// The marker's name.
pub fn marker(field: &Field) -> Ident {
    marker_of(&field.ident)
}

/// The same, for the field of this name.
pub fn marker_of(field: &Ident) -> Ident {
    let name = format!("__kmod_{}", field.unraw());
    Ident::new(&name, Span::call_site())
}

/// The marker of a field and all that hangs on it.
fn object(
    object: &dyn Object,
    field: &Field,
    of: &Instance,
    in_group: usize,
    private: &TokenStream,
) -> TokenStream {
    let (ident, ty, cfgs) = (&field.ident, &field.ty, &field.cfgs);
    let (instance, kind, fields) = (&of.item.ident, of.kind, of.fields.as_slice());
    let files: Vec<&Field> = of.files(&field.ident).collect();
    let span = generated_at(ty.span());
    let marker = &marker(field);
    let site = &Site {
        private,
        field: ident,
        fields,
        marker,
        ty,
        cfgs,
        span,
        kind,
        in_group,
        files: &files,
        folder: object.of().and_then(|device| of.folder(device)),
    };
    let described = object.expand(site);
    let told = object.file(site).map(|file| {
        let record = told(&file, object, field, private);
        quote!(#(#cfgs)* #record)
    });
    quote! {
        #(#cfgs)*
        struct #marker;
        #(#cfgs)*
        // SAFETY: The offset is that of the struct's own field, of which the pointer has the type as it is:
        // a pointer is not coerced.
        unsafe impl #private::Field for #marker {
            type Type = #ty;
            type Instance = #instance;
            const OFFSET: ::core::primitive::usize = #private::offset::<#instance, #ty>(
                |instance| &raw const instance.#ident,
                ::core::mem::offset_of!(#instance, #ident),
            );
        }
        #described
        #told
    }
}

/// What `cargo kmod glue` is told of a file.
fn told(file: &File, object: &dyn Object, field: &Field, private: &TokenStream) -> TokenStream {
    let kind = object.attribute().name;
    let is_of_device = field.kind == Kind::Device;
    let (class, name) = file.device.clone().unwrap_or_default();
    let (path, mode, docs) = (&file.path, &file.mode, &field.docs);
    let item = quote! {
        Node {
            kind: #kind,
            class: #class,
            name: #name,
            path: #path,
            is_of_device: #is_of_device,
            mode: #mode,
            docs: #docs,
        }
    };
    uapi::record(item, private)
}

/// What an instance is for its handlers: itself, or nothing.
pub fn belongs(ident: &Ident, private: &TokenStream) -> TokenStream {
    quote! {
        impl #private::Belongs<()> for #ident {
            fn instance(&self) -> &() {
                &()
            }
        }
        impl #private::Belongs<#ident> for #ident {
            fn instance(&self) -> &#ident {
                self
            }
        }
    }
}

/// The state goes from the process of `insmod` to that of `rmmod`, and handlers share it.
fn state(field: &Field, private: &TokenStream) -> TokenStream {
    let (ty, cfgs) = (&field.ty, &field.cfgs);
    quote! {
        #(#cfgs)*
        const _: () = <#ty as #private::Shared>::CHECKED;
    }
}

/// All of the struct is shared, also what an attribute after ours has put into it. It stays silent
/// where a field is not: that has been reported at the field, or at its type's `impl`.
fn shared(instance: &Instance, private: &TokenStream) -> TokenStream {
    let ident = &instance.item.ident;
    let fields = instance.fields.iter().map(|field| {
        let (ty, cfgs) = (&field.ty, &field.cfgs);
        quote!(#(#cfgs)* #private::IsShared::<#ty>::ANSWER,)
    });
    let attribute = instance.kind.attribute();
    let message = format!(
        "`{ident}` holds what `#[{attribute}]` has not seen, and handlers cannot share it: put \
         the attributes that change the struct above `#[{attribute}]`"
    );
    quote! {
        const _: () = {
            use #private::NotShared as _;
            #private::assert_shared(
                #private::IsShared::<#ident>::ANSWER,
                &[#(#fields)*],
                #message,
            );
        };
    }
}

/// Whoever makes an instance returns it by value: it has to fit on the kernel's stack.
pub fn sizes(instance: &Instance, private: &TokenStream) -> TokenStream {
    let ident = &instance.item.ident;
    let each = instance.fields.iter().map(|field| {
        let (ty, cfgs) = (&field.ty, &field.cfgs);
        quote!(#(#cfgs)* ::core::mem::size_of::<#ty>(),)
    });
    let fields = instance.fields.iter().map(|field| {
        let (ty, cfgs) = (&field.ty, &field.cfgs);
        let message = format!(
            "field `{}` of `{ident}` is too big for the kernel's stack: put it into a `KBox<..>`",
            field.ident
        );
        let assert_field = call_at(
            generated_at(ty.span()),
            quote!(#private::assert_field_size),
            quote!(::core::mem::size_of::<#ty>(), #message),
        );
        quote! {
            #(#cfgs)*
            const _: () = #assert_field;
        }
    });
    let message = format!(
        "`{ident}` is too big for the kernel's stack: put its larger fields into a `KBox<..>`"
    );
    let assert_size = call_at(
        generated_at(ident.span()),
        quote!(#private::assert_size),
        quote!(::core::mem::size_of::<#ident>(), &[#(#each)*], #message),
    );
    quote! {
        #(#fields)*
        const _: () = #assert_size;
    }
}
