// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod glue` is told of the module itself.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Lit, UnOp};

use super::Module;
use crate::params::Param;
use crate::params::expand::{PERM, parmtype};
use crate::syntax::{Text, docs};
use crate::tokens::octal;
use crate::uapi;

/// The module's line.
pub fn expand(module: &Module, private: &TokenStream) -> TokenStream {
    let text = |text: &Option<Text>| text.as_ref().map_or_else(String::new, |t| t.value.clone());
    let (name, description) = (text(&module.name), text(&module.description));
    let license = text(&module.license);
    let authors = module.authors.iter().map(|author| &author.value);
    let params = module.params.iter().filter(|param| !param.refused);
    let params = params.map(|param| described(param, private));
    let item = quote! {
        Declaration {
            name: #name,
            description: #description,
            license: #license,
            authors: &[#(#authors),*],
            params: &[#(#params),*],
        }
    };
    uapi::record(item, private)
}

fn described(param: &Param, private: &TokenStream) -> TokenStream {
    let name = &param.name.value;
    let ty = parmtype(param).unwrap_or_default();
    let docs = docs::text(&param.docs);
    let default = param.default.as_ref().and_then(typed).unwrap_or_default();
    let range = param.range.as_ref();
    let end = |end: Option<&Expr>| end.and_then(typed).unwrap_or_default();
    let min = end(range.and_then(|range| range.min.as_ref()));
    let max = end(range.and_then(|range| range.max.as_ref()));
    let mode = octal(param.perm.as_ref(), PERM);
    quote! {
        #private::uapi::Parameter {
            name: #name,
            ty: #ty,
            docs: #docs,
            default: #default,
            min: #min,
            max: #max,
            mode: #mode,
        }
    }
}

/// A value as an administrator would type it, if it is a literal.
fn typed(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => Some(number.base10_digits().to_owned()),
            Lit::Bool(truth) => Some(if truth.value { "1" } else { "0" }.to_owned()),
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::Unary(negative) if matches!(negative.op, UnOp::Neg(_)) => {
            Some(format!("-{}", typed(&negative.expr)?))
        }
        Expr::Array(array) => {
            let values: Option<Vec<_>> = array.elems.iter().map(typed).collect();
            Some(values?.join(","))
        }
        Expr::Group(group) => typed(&group.expr),
        Expr::Paren(inner) => typed(&inner.expr),
        _ => None,
    }
}
