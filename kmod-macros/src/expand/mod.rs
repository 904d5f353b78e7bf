// SPDX-License-Identifier: GPL-2.0-only
//! Tokens, a file per attribute. Nothing here fails.

pub mod chrdev;
pub mod chrdev_region;
mod file_operations;
pub mod filesystem;
mod ioctl;
mod keys;
pub mod misc;
mod modinfo;
mod module;
pub mod object;
mod param_enum;
mod params;
mod poll;
pub mod sysctl;
mod uapi;

#[cfg(test)]
pub use modinfo::escaped;

use std::ffi::CString;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Item, spanned::Spanned};

use crate::errors::Errors;
use crate::{check, parse};

/// The whole way of `#[kernel_module]`.
pub fn kernel_module(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let item = match syn::parse2::<Item>(tokens.clone()) {
        Ok(Item::Struct(item)) => item,
        Ok(other) => {
            errors.at(
                keyword(&other),
                "`#[kernel_module]` belongs on a struct",
                "put it on the struct that holds the module's state",
            );
            let rest = other.into_token_stream();
            let errors = errors.into_tokens();
            return quote!(#errors #rest);
        }
        Err(error) => return unreadable(&error, &tokens),
    };
    let mut model = parse::module::parse(args, item, &mut errors);
    check::module(&mut model, &mut errors);
    let module = module::expand(&model, krate);
    let errors = errors.into_tokens();
    quote!(#errors #module)
}

/// The whole way of `#[file_operations]`.
pub fn file_operations(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let item = match syn::parse2::<Item>(tokens.clone()) {
        Ok(Item::Impl(item)) => item,
        Ok(other) => {
            errors.at(
                keyword(&other),
                "`#[file_operations]` belongs on an `impl`",
                "write `#[file_operations] impl FileOperations for …`",
            );
            let rest = other.into_token_stream();
            let errors = errors.into_tokens();
            return quote!(#errors #rest);
        }
        Err(error) => return unreadable(&error, &tokens),
    };
    let mut model = parse::file_operations::parse(args, item, &mut errors);
    check::file_operations::check(&mut model, &mut errors);
    let operations = file_operations::expand(&model, krate);
    let errors = errors.into_tokens();
    quote!(#errors #operations)
}

/// The whole way of `#[derive(ParamEnum)]`.
pub fn param_enum(tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let item = match syn::parse2::<Item>(tokens) {
        Ok(Item::Enum(item)) => item,
        Ok(other) => {
            errors.at(
                keyword(&other),
                "`ParamEnum` is derived for an enum",
                "write `impl ParamValue for …` for a type that is not one of some names",
            );
            return errors.into_tokens();
        }
        Err(error) => return error.to_compile_error(),
    };
    let model = parse::param_enum::parse(item, &mut errors);
    check::param_enum::check(&model, &mut errors);
    let value = param_enum::expand(&model, krate);
    let errors = errors.into_tokens();
    quote!(#errors #value)
}

/// The whole way of `#[ioctl]`.
pub fn ioctl(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let item = match syn::parse2::<Item>(tokens.clone()) {
        Ok(Item::Enum(item)) => item,
        Ok(other) => {
            errors.at(
                keyword(&other),
                "`#[ioctl]` belongs on an enum",
                "put it on an enum with a variant for each command",
            );
            let rest = other.into_token_stream();
            let errors = errors.into_tokens();
            return quote!(#errors #rest);
        }
        Err(error) => return unreadable(&error, &tokens),
    };
    let mut model = parse::ioctl::parse(args, item, &mut errors);
    check::ioctl::check(&mut model, &mut errors);
    let commands = ioctl::expand(&model, krate);
    let errors = errors.into_tokens();
    quote!(#errors #commands)
}

/// The whole way of `#[uapi]`.
pub fn uapi(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let item = match syn::parse2::<Item>(tokens.clone()) {
        Ok(Item::Struct(item)) => item,
        Ok(other) => {
            errors.at(
                keyword(&other),
                "`#[uapi]` belongs on a struct",
                "write a struct; a choice between values is an integer with constants",
            );
            let rest = other.into_token_stream();
            let errors = errors.into_tokens();
            return quote!(#errors #rest);
        }
        Err(error) => return unreadable(&error, &tokens),
    };
    let mut model = parse::uapi::parse(args, item, &mut errors);
    check::uapi::check(&mut model, &mut errors);
    let shared = uapi::expand(&model, krate);
    let errors = errors.into_tokens();
    quote!(#errors #shared)
}

/// An attribute of a field that stands on an item.
pub fn misplaced(attribute: &str, tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let span = match syn::parse2::<Item>(tokens.clone()) {
        Ok(item) => keyword(&item),
        Err(_) => tokens.span(),
    };
    errors.at(
        span,
        format!("`#[{attribute}]` belongs on a field of a `#[kernel_module]` struct"),
        "put it on the field that holds the object's state",
    );
    let errors = errors.into_tokens();
    quote!(#errors #tokens)
}

/// Half an item, while it is being typed: editors complete what they still see.
fn unreadable(error: &syn::Error, tokens: &TokenStream) -> TokenStream {
    let error = error.to_compile_error();
    quote!(#error #tokens)
}

/// The word that says what an item is.
fn keyword(item: &Item) -> Span {
    match item {
        Item::Enum(item) => item.enum_token.span,
        Item::Union(item) => item.union_token.span,
        Item::Fn(item) => item.sig.fn_token.span,
        Item::Mod(item) => item.mod_token.span,
        Item::Impl(item) => item.impl_token.span,
        Item::Trait(item) => item.trait_token.span,
        Item::Static(item) => item.static_token.span,
        Item::Const(item) => item.const_token.span,
        Item::Type(item) => item.type_token.span,
        Item::Struct(item) => item.struct_token.span,
        other => other.span(),
    }
}

/// A C string literal; what follows a NUL was refused, or is never seen.
fn c_str(value: &str) -> Literal {
    let until_nul: Vec<u8> = value.bytes().take_while(|byte| *byte != 0).collect();
    Literal::c_string(&CString::new(until_nul).unwrap_or_default())
}
