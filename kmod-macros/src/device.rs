// SPDX-License-Identifier: GPL-2.0-only
//! `#[device]`: an instance of which a driver makes as many as there are devices.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::errors::Errors;
use crate::instance::{self, Field, Instance};
use crate::keys;
use crate::objects::InDevice;
use crate::tokens::moved;

/// The keys: none.
pub fn args(args: &TokenStream, errors: &mut Errors) {
    if !args.is_empty() {
        errors.on(
            args,
            "`#[device]` has no keys",
            "write `#[device]`; what is known of a device stands at its driver, and in `probe`",
        );
    }
}

/// The struct, and all that makes it a device.
pub fn expand(device: &Instance, krate: &TokenStream) -> TokenStream {
    let private = &quote!(#krate::__private);
    let item = &device.item;
    if device.misshapen {
        return quote!(#item);
    }
    let ident = &item.ident;
    let fields = instance::expand::fields(device, private);
    let belongs = instance::expand::belongs(ident, private);
    let sizes = instance::expand::sizes(device, private);
    let made = made(ident);
    let keys = keys::expand(device.fields.iter().map(|field| &field.written), private);
    let kept: Vec<_> = device
        .fields
        .iter()
        .filter_map(|field| kept(field, private))
        .collect();
    let types = kept.iter().map(|kept| &kept.field);
    let values = kept.iter().map(|kept| &kept.value);
    let each = kept.iter().map(|kept| &kept.each);
    let objects = if kept.is_empty() {
        "_objects"
    } else {
        "objects"
    };
    let objects = format_ident!("{objects}");
    quote! {
        #item
        const _: () = {
            #keys
            #fields

            // SAFETY: The struct is shared (asserted above).
            unsafe impl #private::Instance for #ident {
                type Place = #private::Counted<#ident>;
            }
            impl<M: #private::ModuleState> #private::Provides<M> for #ident {}
            #belongs
            #made

            pub struct __KmodObjects {
                #(#types)*
            }

            // SAFETY: These are all objects, in field order.
            unsafe impl #private::Device for #ident {
                type Objects = __KmodObjects;
                fn objects() -> Self::Objects {
                    __KmodObjects { #(#values)* }
                }
                fn with_objects<R>(
                    #objects: &Self::Objects,
                    with: impl ::core::ops::FnOnce(&[&dyn #private::Object]) -> R,
                ) -> R {
                    with(&[#(#each)*])
                }
            }

            #sizes
        };
    }
}

/// The constant that the field of a driver uses. When none does, the compiler reports it at the struct's
/// name: all its tokens stand there, since it is silent of unused items that are a macro's.
fn made(ident: &Ident) -> TokenStream {
    let reason = format!(
        "no driver makes `{ident}`: write `type Device = {ident};` in the `impl` of a driver that is a field of \
         the module's struct, or make that a `DefaultDriver<{ident}>`"
    );
    let made = moved(
        &quote!(
            pub(crate) const MADE_BY_A_DRIVER: () = ();
        ),
        ident.span(),
    );
    quote! {
        impl #ident {
            #[deny(dead_code, reason = #reason)]
            #made
        }
    }
}

/// What is kept of an object beside the struct.
struct Kept {
    field: TokenStream,
    value: TokenStream,
    each: TokenStream,
}

fn kept(field: &Field, private: &TokenStream) -> Option<Kept> {
    let object = field.object.as_deref().filter(|_| !field.refused)?;
    let (cfgs, ident) = (&field.cfgs, &field.ident);
    let marker = instance::expand::marker(field);
    let (ty, value) = match object.attribute().in_device {
        InDevice::Never => return None,
        InDevice::Of(ty) => {
            let ty = format_ident!("{ty}");
            (quote!(#private::#ty<#marker>), quote!(#private::#ty::new()))
        }
        InDevice::Row(ty) => {
            let ty = format_ident!("{ty}");
            (
                quote!(#private::#ty),
                quote!(#private::#ty::new::<#marker>()),
            )
        }
    };
    Some(Kept {
        field: quote!(#(#cfgs)* #ident: #ty,),
        value: quote!(#(#cfgs)* #ident: #value,),
        each: quote!(#(#cfgs)* &objects.#ident,),
    })
}
