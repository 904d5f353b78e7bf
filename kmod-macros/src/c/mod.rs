// SPDX-License-Identifier: GPL-2.0-only
//! Functions between C and Rust: `#[export_c]` and `#[export]` on one of Rust's, `#[import_c]` on C's.

pub mod export;
pub mod import;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Ident, Pat, ReturnType, Signature, Type};

use crate::errors::Errors;
use crate::rules::c_names;
use crate::syntax::docs;

/// A parameter, as the header has it.
struct Param<'a> {
    name: Ident,
    ty: &'a Type,
}

/// Whose a function is, and who calls it.
enum Whose {
    /// The module's own C calls it.
    Rusts,
    /// Other modules call it, too.
    RustsForAll { gpl: bool, namespace: String },
    /// Rust calls it.
    Cs,
}

/// The parameters; what C's declarations cannot have is reported.
fn params<'a>(signature: &'a Signature, errors: &mut Errors) -> Vec<Param<'a>> {
    let mut params = Vec::new();
    for (index, input) in signature.inputs.iter().enumerate() {
        let input = match input {
            FnArg::Typed(input) => input,
            FnArg::Receiver(receiver) => {
                errors.on(
                    receiver,
                    "a function that C calls has no `self`: C has no methods",
                    "write a function outside of the `impl` that takes what it needs by reference",
                );
                continue;
            }
        };
        is_plain(&input.ty, errors);
        let name = match &*input.pat {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                let name = name.ident.unraw();
                c_names::check(&name, &name.to_string(), errors);
                name
            }
            Pat::Wild(_) => Ident::new(&format!("arg{index}"), Span::call_site()),
            other => {
                errors.on(
                    other,
                    "a parameter that C passes has a name, which stands in the header",
                    "name it here, and take it apart in the function",
                );
                continue;
            }
        };
        params.push(Param {
            name,
            ty: &input.ty,
        });
    }
    params
}

/// Refuses what no declaration of C's has.
fn signature(signature: &Signature, errors: &mut Errors) {
    for param in &signature.generics.params {
        errors.on(
            param,
            "C has no generic functions",
            "write the types out; references need no lifetime here",
        );
    }
    if let Some(variadic) = &signature.variadic {
        errors.on(
            variadic,
            "C and Rust do not pass each other variable arguments",
            "give the function parameters of types",
        );
    }
    if let ReturnType::Type(_, ty) = &signature.output {
        is_plain(ty, errors);
    }
    name(&signature.ident, errors);
}

/// Refuses types that stand for others.
fn is_plain(ty: &Type, errors: &mut Errors) {
    let (rule, help) = match ty {
        Type::ImplTrait(_) => (
            "C has no generic functions",
            "write the type that `impl` stands for",
        ),
        Type::Never(_) => (
            "a function that never returns leaves C's frames behind it",
            "return what C is to know",
        ),
        Type::Infer(_) => ("C has to be told the type", "write it out"),
        _ => return,
    };
    errors.on(ty, rule, help);
}

/// The name is one for all of the module, and of the kernel that it is linked with.
fn name(ident: &Ident, errors: &mut Errors) {
    let name = ident.unraw().to_string();
    c_names::check(ident, &name, errors);
    if name.starts_with("__") || name.starts_with("_R") || name.starts_with("kmod_") {
        errors.at(
            ident.span(),
            format!("`{name}` begins as names of compilers and of this framework do"),
            "begin it with the module's name",
        );
    } else if ["init_module", "cleanup_module"].contains(&name.as_str()) {
        errors.at(
            ident.span(),
            format!("`{name}` is what the kernel calls"),
            "write it in `KernelModule::init`, and in a `Drop`",
        );
    }
}

/// The `#[cfg]`s among attributes.
fn cfgs(attributes: &[Attribute]) -> Vec<&Attribute> {
    let is_cfg = |attribute: &&Attribute| attribute.path().is_ident("cfg");
    attributes.iter().filter(is_cfg).collect()
}

/// The line that the header is made of.
fn record(
    attributes: &[Attribute],
    signature: &Signature,
    params: &[Param<'_>],
    whose: &Whose,
    private: &TokenStream,
) -> TokenStream {
    let is_rusts = !matches!(whose, Whose::Cs);
    let export = match whose {
        Whose::RustsForAll { gpl, namespace } => quote! {
            ::core::option::Option::Some(#private::uapi::Export {
                gpl: #gpl,
                namespace: #namespace,
            })
        },
        Whose::Rusts | Whose::Cs => quote!(::core::option::Option::None),
    };
    let cfgs = cfgs(attributes);
    let name = signature.ident.unraw().to_string();
    let text = docs::text(attributes);
    let described = params.iter().map(|param| {
        let name = param.name.to_string();
        let value = value(param.ty, private);
        quote!((#name, #value),)
    });
    let returns = match &signature.output {
        ReturnType::Default => value(&quote!(()), private),
        ReturnType::Type(_, ty) => value(ty, private),
    };
    quote! {
        #(#cfgs)*
        const _: () = {
            #private::told_link! {
                #private::uapi::Item::Function(
                    &#private::uapi::Function {
                        name: #name,
                        docs: #text,
                        is_rusts: #is_rusts,
                        export: #export,
                        params: &[#(#described)*],
                        returns: #returns,
                    },
                )
            }
        };
    }
}

/// How C is told of a type, asked where the type stands.
fn value(ty: &(impl ToTokens + Spanned), private: &TokenStream) -> TokenStream {
    let at = Span::call_site().located_at(ty.span());
    let asked = quote_spanned!(at=> #ty as #private::CValue);
    quote!(<#asked>::VALUE)
}
