// SPDX-License-Identifier: GPL-2.0-only
//! `firmware_name!(Module, "file")`: a name that the module's key `firmware` has.

use std::ffi::CString;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token, Type};

use crate::tokens::{call_at, generated_at};

struct Name {
    module: Type,
    file: LitStr,
}

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let help = "\n= help: write `firmware_name!(Module, \"vendor/device.bin\")`";
        let module = input.parse()?;
        input.parse::<Token![,]>()?;
        let file: LitStr = input.parse().map_err(|error| {
            syn::Error::new(
                error.span(),
                format!("a firmware file is named by a string{help}"),
            )
        })?;
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            return Err(input.error(format!("a module and one file are all{help}")));
        }
        Ok(Self { module, file })
    }
}

pub fn expand(input: TokenStream, krate: &TokenStream) -> TokenStream {
    match syn::parse2::<Name>(input).and_then(|name| checked(&name, krate)) {
        Ok(tokens) => tokens,
        Err(error) => error.into_compile_error(),
    }
}

/// The name, and what looks for it in the key.
fn checked(name: &Name, krate: &TokenStream) -> syn::Result<TokenStream> {
    let Name { module, file } = name;
    let text = file.value();
    let Ok(c_str) = CString::new(text.clone()) else {
        return Err(syn::Error::new(file.span(), "a file's name has no NUL"));
    };
    let message = format!(
        "the module's key `firmware` does not have {text:?}\n\
         = help: add it to #[kernel_module]: firmware = [{text:?}]"
    );
    let among = call_at(
        generated_at(file.span()),
        quote!(#krate::firmware::FirmwareName::among),
        quote!(<#module as #krate::__private::Module>::FIRMWARE, #c_str, #message),
    );
    // An item: what stands in a block, `cargo check` does not look at.
    Ok(quote! {{
        const NAME: #krate::firmware::FirmwareName = #among;
        NAME
    }})
}
