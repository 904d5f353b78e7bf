// SPDX-License-Identifier: GPL-2.0-only
//! `#[export_c]` and `#[export]`

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{ItemFn, ReturnType};

use super::{Whose, cfgs, params, record, signature};
use crate::errors::Errors;
use crate::keys;
use crate::rules::names::is_c_name;
use crate::syntax::args::{Args, Key};

/// What `#[export]` takes.
pub const KEYS: &[Key] = &[
    Key {
        name: "gpl",
        example: "gpl",
        meaning: "only modules whose licence is compatible with the GPL get it, as with `EXPORT_SYMBOL_GPL`",
        default: "all modules get it, as with `EXPORT_SYMBOL`",
        also: &["GPL", "gpl_only"],
    },
    Key {
        name: "namespace",
        example: "namespace = \"TICKET\"",
        meaning: "the namespace that who calls it imports",
        default: "none",
        also: &["ns", "symbol_ns"],
    },
];

/// Of a function that the module's own C calls.
pub fn to_c(
    args: TokenStream,
    item: &ItemFn,
    errors: &mut Errors,
    krate: &TokenStream,
) -> TokenStream {
    if !args.is_empty() {
        errors.on(
            args,
            "`#[export_c]` has no keys",
            "write `#[export_c]`; C knows the function by its name",
        );
    }
    expand("export_c", &Whose::Rusts, item, errors, krate)
}

/// Of one that other modules call, too.
pub fn to_all(
    args: TokenStream,
    item: &ItemFn,
    errors: &mut Errors,
    krate: &TokenStream,
) -> TokenStream {
    let mut args = Args::parse("export", item.sig.ident.span(), args, KEYS, errors);
    let gpl = args.take("gpl").is_some();
    let namespace = args.text("namespace", errors);
    if let Some(namespace) = &namespace
        && !is_c_name(&namespace.value)
    {
        errors.at(
            namespace.span,
            "a symbol namespace is made of ASCII letters, digits and `_`",
            "write it as `EXPORT_SYMBOL_NS` does, `\"DMA_BUF\"` for example",
        );
    }
    let namespace = namespace.map_or_else(String::new, |namespace| namespace.value);
    let whose = Whose::RustsForAll { gpl, namespace };
    let expanded = expand("export", &whose, item, errors, krate);
    let keys = keys::of_handlers(&args.written, &quote!(#krate::__private));
    quote!(#expanded #keys)
}

/// The function as it is, one that C calls by its name, and the header's line.
fn expand(
    attribute: &str,
    whose: &Whose,
    item: &ItemFn,
    errors: &mut Errors,
    krate: &TokenStream,
) -> TokenStream {
    let before = errors.count();
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
            format!("`#[{attribute}]` makes what C calls itself"),
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
    let record = record(&item.attrs, sig, &params, whose, &private);
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
