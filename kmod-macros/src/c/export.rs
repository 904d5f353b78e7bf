// SPDX-License-Identifier: GPL-2.0-only
//! `#[export_c]`

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{ItemFn, ReturnType};

use super::{cfgs, params, record, signature};
use crate::errors::Errors;

/// The function as it is, one that C calls by its name, and the header's line.
pub fn expand(
    args: TokenStream,
    item: &ItemFn,
    errors: &mut Errors,
    krate: &TokenStream,
) -> TokenStream {
    let before = errors.count();
    if !args.is_empty() {
        errors.on(
            args,
            "`#[export_c]` has no keys",
            "write `#[export_c]`; C knows the function by its name",
        );
    }
    let sig = &item.sig;
    if let Some(token) = &sig.asyncness {
        errors.on(
            token,
            "C cannot call an `async` function: nobody would poll it",
            "leave `async` out",
        );
    }
    if let Some(token) = &sig.unsafety {
        errors.on(
            token,
            "a function that C calls is a safe one: C's side of the contract is in the attribute's \
             documentation",
            "leave `unsafe` out, and take what the function needs by reference",
        );
    }
    if let Some(abi) = &sig.abi {
        errors.on(
            abi,
            "`#[export_c]` makes what C calls itself",
            "leave `extern` out: Rust calls the function as any other",
        );
    }
    signature(sig, errors);
    let params = params(sig, errors);
    if errors.count() > before {
        return quote!(#item);
    }

    let private = quote!(#krate::__private);
    let (ident, name) = (&sig.ident, sig.ident.unraw().to_string());
    let names: Vec<_> = (0..params.len())
        .map(|index| format_ident!("arg{index}"))
        .collect();
    let types = params.iter().map(|param| param.ty);
    let returns = match &sig.output {
        ReturnType::Default => TokenStream::new(),
        ReturnType::Type(_, ty) => quote!(-> #ty),
    };
    let cfgs = cfgs(&item.attrs);
    let record = record(&item.attrs, sig, &params, true, &private);
    quote! {
        #item
        #(#cfgs)*
        const _: () = {
            // SAFETY: `cargo kmod object` refuses a name that the kernel exports, so that nothing
            // but the module's C can mean this function.
            #[unsafe(export_name = #name)]
            extern "C" fn called_by_c(#(#names: #types),*) #returns {
                #ident(#(#names),*)
            }
        };
        #record
    }
}
