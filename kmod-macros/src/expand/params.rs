// SPDX-License-Identifier: GPL-2.0-only
//! `params(…)`: the struct that code reads, and the descriptors that the kernel reads.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lit, Type};

use super::object::generated_at;
use super::{c_str, chrdev};
use crate::model::{Module, Param, ParamKind, Range};
use crate::parse::values::{int_value, literal};

/// The `perm` of a parameter that names none.
const PERM: u128 = 0o444;

/// The name of the struct.
pub fn struct_name(module: &Module) -> Ident {
    format_ident!("{}Params", module.item.ident)
}

/// The parameters as the kernel gets them: a name twice was refused, and so was what is not whole.
fn whole(module: &Module) -> impl Iterator<Item = (&Param, &ParamKind, &Expr)> {
    unique(module).filter_map(|param| {
        if param.refused {
            return None;
        }
        Some((param, param.kind.as_ref()?, param.default.as_ref()?))
    })
}

fn unique(module: &Module) -> impl Iterator<Item = &Param> {
    let params = &module.params;
    params.iter().enumerate().filter_map(|(index, param)| {
        let again = params[..index].iter().any(|other| other.name == param.name);
        (!again).then_some(param)
    })
}

/// The struct and its accessors.
pub fn structure(module: &Module, private: &TokenStream) -> TokenStream {
    let name = struct_name(module);
    let vis = &module.item.vis;
    let doc = format!("The parameters of [`{}`].", module.item.ident);
    let fields = whole(module).map(|(param, kind, _)| {
        let ident = &param.ident;
        let ty = rust_type(kind);
        quote!(#ident: #private::Param<#ty>,)
    });
    let accessors = unique(module).map(accessor);
    quote! {
        #[doc = #doc]
        #vis struct #name {
            #(#fields)*
        }
        impl #name {
            #(#accessors)*
        }
    }
}

fn accessor(param: &Param) -> TokenStream {
    let ident = &param.ident;
    let docs = &param.docs;
    let doc = docs.is_empty().then(|| {
        let doc = format!("The parameter `{}`.", param.name);
        quote!(#[doc = #doc])
    });
    match &param.kind {
        Some(kind) if !param.refused => {
            let ty = rust_type(kind);
            quote! {
                #doc
                #(#docs)*
                pub fn #ident(&self) -> #ty {
                    self.#ident.get()
                }
            }
        }
        Some(kind) => {
            let ty = rust_type(kind);
            quote! {
                #doc
                #(#docs)*
                pub fn #ident(&self) -> #ty {
                    loop {}
                }
            }
        }
        None => {
            let ty = stand_in(&param.ty);
            quote! {
                #doc
                #(#docs)*
                pub fn #ident(&self) -> #ty {
                    loop {}
                }
            }
        }
    }
}

/// What fits where a value of a refused type is used, so that only the type is reported.
fn stand_in(ty: &Type) -> TokenStream {
    let name = quote!(#ty).to_string();
    match name.as_str() {
        "f32" | "f64" | "u128" | "i128" | "char" => quote!(::core::primitive::#ty),
        "String" | "str" => quote!(&'static ::core::primitive::str),
        _ => quote!(!),
    }
}

fn rust_type(kind: &ParamKind) -> TokenStream {
    match kind {
        ParamKind::Bool(ident) | ParamKind::Int(ident) => quote!(::core::primitive::#ident),
        ParamKind::Str => quote!(&'static ::core::primitive::str),
        ParamKind::CStr(path) => quote!(&'static #path),
    }
}

/// The value of the struct, with the defaults.
pub fn value(module: &Module, private: &TokenStream) -> TokenStream {
    let name = struct_name(module);
    let fields = whole(module).map(|(param, kind, default)| {
        let ident = &param.ident;
        let kernel_name = c_str(&param.name);
        let default = default_value(kind, default);
        let ty = rust_type(kind);
        match (&param.range, kind) {
            (Some(range), ParamKind::Int(int)) => {
                let (min, max) = ends(range, int);
                quote! {
                    #ident: #private::Param::<#ty>::with_range(#kernel_name, #default, #min, #max),
                }
            }
            _ => quote!(#ident: #private::Param::<#ty>::new(#kernel_name, #default),),
        }
    });
    quote!(#name { #(#fields)* })
}

fn default_value(kind: &ParamKind, default: &Expr) -> TokenStream {
    match (kind, literal(default)) {
        (ParamKind::Str | ParamKind::CStr(_), Some(Lit::Str(string))) => {
            let mut literal: Literal = c_str(&string.value());
            literal.set_span(string.span());
            quote!(#literal)
        }
        _ => quote!(#default),
    }
}

fn ends(range: &Range, ty: &Ident) -> (TokenStream, TokenStream) {
    let end = |written: &Option<Expr>, limit: &str| match written {
        Some(end) => quote!(#end),
        None => {
            let limit = format_ident!("{limit}");
            quote!(::core::primitive::#ty::#limit)
        }
    };
    (end(&range.min, "MIN"), end(&range.max, "MAX"))
}

/// What the macro could not compute: that a default which is a constant is in its range.
pub fn assertions(module: &Module) -> TokenStream {
    whole(module)
        .filter_map(|(param, kind, default)| {
            let (Some(range), ParamKind::Int(ty)) = (&param.range, kind) else {
                return None;
            };
            let (min, max) = ends(range, ty);
            let known = int_value(default).is_some()
                && range
                    .min
                    .iter()
                    .chain(&range.max)
                    .all(|end| int_value(end).is_some());
            if known {
                return None;
            }
            let message = format!("the default of `{}` is outside its range", param.ident);
            let span = generated_at(default.span());
            Some(quote_spanned! {span=>
                const _: () = ::core::assert!(
                    (#min) <= (#default) && (#default) <= (#max),
                    #message
                );
            })
        })
        .collect()
}

/// The kernel's descriptors.
pub fn descriptors(module: &Module, private: &TokenStream) -> TokenStream {
    whole(module)
        .enumerate()
        .map(|(index, (param, _, _))| {
            let ident = &param.ident;
            let descriptor = format_ident!("__KMOD_PARAM_{index}");
            let name = c_str(&param.name);
            let perm = chrdev::octal(param.perm.as_ref(), PERM);
            quote! {
                // SAFETY: The section is an array of `kernel_param`, which the type is.
                #[used]
                #[unsafe(link_section = "__param")]
                static #descriptor: #private::KernelParam =
                    #private::KernelParam::new(#name, &__KMOD_PARAMS.#ident, #perm);
            }
        })
        .collect()
}

/// The name of a type in `modinfo`: `module_param()`'s, where C has one.
pub fn parmtype(param: &Param) -> Option<String> {
    let kind = match param.kind.as_ref()? {
        ParamKind::Bool(_) => "bool".to_owned(),
        ParamKind::Str | ParamKind::CStr(_) => "charp".to_owned(),
        ParamKind::Int(ident) => match ident.to_string().as_str() {
            "u8" => "byte".to_owned(),
            "i16" => "short".to_owned(),
            "u16" => "ushort".to_owned(),
            "i32" => "int".to_owned(),
            "u32" => "uint".to_owned(),
            "i64" | "isize" => "long".to_owned(),
            "u64" => "ullong".to_owned(),
            "usize" => "ulong".to_owned(),
            other => other.to_owned(),
        },
    };
    Some(kind)
}
