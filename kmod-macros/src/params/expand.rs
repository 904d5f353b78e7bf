// SPDX-License-Identifier: GPL-2.0-only
//! `params(…)`: the struct that code reads, and the descriptors that the kernel reads.

use std::collections::HashSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lit, Type};

use super::{Param, ParamKind};
use crate::kernel_module::Module;
use crate::syntax::Range;
use crate::syntax::forms::{int_value, literal, strip};
use crate::tokens::{c_str, generated_at, moved, octal};

/// The `perm` of a parameter that names none.
pub const PERM: u128 = 0o444;

/// The name of the struct.
pub fn struct_name(module: &Module) -> Ident {
    format_ident!("{}Params", module.instance.item.ident)
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
    let (mut names, mut idents) = (HashSet::new(), HashSet::new());
    let params = module.params.iter();
    params.filter(move |param| names.insert(&param.name.value) & idents.insert(&param.ident))
}

/// Whether it is no more than a number, or a text that keeps the value that `insmod` gave.
fn plain(param: &Param, kind: &ParamKind) -> bool {
    let by_type = match kind {
        ParamKind::Bool(_) | ParamKind::Int(_) => true,
        ParamKind::Str | ParamKind::CStr(_) => !param.writable() && param.len.is_none(),
        ParamKind::Array(..) | ParamKind::Custom(_) => false,
    };
    by_type && param.validate.is_none() && param.on_change.is_none()
}

/// The struct and its accessors.
pub fn structure(module: &Module, private: &TokenStream) -> TokenStream {
    let name = struct_name(module);
    let vis = &module.instance.item.vis;
    let doc = format!("The parameters of [`{}`].", module.instance.item.ident);
    let fields = whole(module).map(|(param, kind, _)| {
        let ident = &param.ident;
        let ty = holder(param, kind, private);
        quote!(#ident: #ty,)
    });
    let accessors = unique(module).map(|param| accessor(param, private));
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

fn accessor(param: &Param, private: &TokenStream) -> TokenStream {
    let ident = &param.ident;
    let docs = &param.docs;
    let doc = docs.is_empty().then(|| {
        let doc = format!("The parameter `{}`.", param.name.value);
        quote!(#[doc = #doc])
    });
    let ty = match &param.kind {
        Some(kind) => value_type(param, kind, private),
        None => stand_in(&param.ty),
    };
    let body = if param.kind.is_some() && !param.refused {
        quote!(self.#ident.get())
    } else {
        quote!(loop {})
    };
    quote! {
        #doc
        #(#docs)*
        pub fn #ident(&self) -> #ty {
            #body
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

/// What holds the value: the type of the static's field.
fn holder(param: &Param, kind: &ParamKind, private: &TokenStream) -> TokenStream {
    if plain(param, kind) {
        return match number(param, kind, private) {
            Some(number) if param.range.is_none() => quote!(#private::Plain<#number>),
            Some(number) => quote!(#private::Param<#number>),
            None => {
                let text = view(kind, &quote!('static));
                quote!(#private::Param<#text>)
            }
        };
    }
    let cell = cell(param, kind, private);
    if param.writable() {
        quote!(#private::Live<#cell>)
    } else {
        quote!(#private::Fixed<#cell>)
    }
}

/// What the accessor returns.
fn value_type(param: &Param, kind: &ParamKind, private: &TokenStream) -> TokenStream {
    match kind {
        _ if plain(param, kind) => view(kind, &quote!('static)),
        _ if !param.writable() => view(kind, &TokenStream::new()),
        ParamKind::Str | ParamKind::CStr(_) => {
            let ty = text(kind);
            quote!(#private::ParamText<#ty>)
        }
        ParamKind::Array(element, length) => match &**element {
            ParamKind::Str | ParamKind::CStr(_) => {
                let ty = text(element);
                quote!(#private::ParamTexts<#ty>)
            }
            _ => {
                let ty = view(element, &TokenStream::new());
                quote!(#private::ParamArray<#ty, { #length }>)
            }
        },
        _ => view(kind, &TokenStream::new()),
    }
}

/// A value as the module's functions see it.
fn view(kind: &ParamKind, lifetime: &TokenStream) -> TokenStream {
    match kind {
        ParamKind::Bool(ident) | ParamKind::Int(ident) => quote!(::core::primitive::#ident),
        ParamKind::Str | ParamKind::CStr(_) => {
            let ty = text(kind);
            quote!(&#lifetime #ty)
        }
        ParamKind::Array(element, _) => {
            let element = view(element, lifetime);
            quote!(&#lifetime [#element])
        }
        ParamKind::Custom(ty) => quote!(#ty),
    }
}

/// `str` or `CStr`.
fn text(kind: &ParamKind) -> TokenStream {
    match kind {
        ParamKind::CStr(path) => quote!(#path),
        _ => quote!(::core::primitive::str),
    }
}

/// The number that the kernel's functions take it for, if it is one.
fn number(param: &Param, kind: &ParamKind, private: &TokenStream) -> Option<TokenStream> {
    let (ParamKind::Bool(ident) | ParamKind::Int(ident)) = kind else {
        return None;
    };
    let way = param.c_kind.as_ref().map(ToString::to_string);
    Some(match way.as_deref() {
        Some("hexint") => quote!(#private::HexInt),
        Some("invbool") => quote!(#private::InvBool),
        Some("bint") => quote!(#private::Bint),
        _ => quote!(::core::primitive::#ident),
    })
}

/// The place for a value that is not plain.
fn cell(param: &Param, kind: &ParamKind, private: &TokenStream) -> TokenStream {
    if let Some(number) = number(param, kind, private) {
        return quote!(#private::Param<#number>);
    }
    match kind {
        ParamKind::Array(element, length) => match number(param, element, private) {
            Some(number) => quote!(#private::Array<#number, { #length }>),
            None => {
                let ty = text(element);
                quote!(#private::Texts<#ty, { #length }>)
            }
        },
        ParamKind::Custom(ty) => quote!(#private::Custom<#ty>),
        _ => {
            let ty = text(kind);
            quote!(#private::Text<#ty>)
        }
    }
}

/// The value of the struct, with the defaults.
pub fn value(module: &Module, private: &TokenStream) -> TokenStream {
    let name = struct_name(module);
    let fields = whole(module).map(|(param, kind, default)| {
        let ident = &param.ident;
        if plain(param, kind) {
            let holder = holder(param, kind, private);
            let value = number_or_text(param, kind, default, &holder);
            return quote!(#ident: #value,);
        }
        let cell = new_cell(param, kind, default, private);
        let holder = if param.writable() {
            quote!(#private::Live)
        } else {
            quote!(#private::Fixed)
        };
        let validate = param.validate.iter().map(|function| {
            let view = view(kind, &quote!('a));
            quote! {
                .validate({
                    const VALIDATE: for<'a> fn(#view) -> #private::Result = #function;
                    VALIDATE
                })
            }
        });
        let on_change = param.on_change.iter().map(|function| {
            let function = on_change(module, kind, function, private);
            quote!(.on_change(#function))
        });
        quote!(#ident: #holder::new(#cell)#(#validate)*#(#on_change)*,)
    });
    quote!(#name { #(#fields)* })
}

/// A `Plain` or a `Param` of kmod-core.
fn number_or_text(
    param: &Param,
    kind: &ParamKind,
    default: &Expr,
    holder: &TokenStream,
) -> TokenStream {
    let kernel_name = c_str(&param.name.value);
    let default = default_value(kind, default);
    // `Param<u32>` is a type, `Param::<u32>` an expression.
    let holder = quote!(<#holder>);
    match (&param.range, kind) {
        (Some(range), ParamKind::Int(int)) => {
            let (min, max) = ends(range, int);
            quote!(#holder::with_range(#kernel_name, #default, #min, #max))
        }
        _ => quote!(#holder::new(#kernel_name, #default)),
    }
}

/// The place with its default. What the compiler finds wrong with both, it finds at the type.
fn new_cell(param: &Param, kind: &ParamKind, default: &Expr, private: &TokenStream) -> TokenStream {
    let span = generated_at(param.ty.span());
    let cell = cell(param, kind, &moved(private, span));
    let value = default_value(kind, default);
    match kind {
        ParamKind::Bool(_) | ParamKind::Int(_) => number_or_text(param, kind, default, &cell),
        ParamKind::Str | ParamKind::CStr(_) => match &param.len {
            Some(len) => {
                let room = Literal::u128_unsuffixed(len.value);
                quote!(<#cell>::with_room(#value, #room))
            }
            None => quote!(<#cell>::new(#value)),
        },
        ParamKind::Array(element, _) => match (&param.range, &**element) {
            (Some(range), ParamKind::Int(int)) => {
                let (min, max) = ends(range, int);
                quote_spanned!(span=> <#cell>::with_range(&#value, #min, #max))
            }
            _ => quote_spanned!(span=> <#cell>::new(&#value)),
        },
        ParamKind::Custom(_) => quote_spanned!(span=> <#cell>::new(#value)),
    }
}

/// Calls the module's function if the module is there.
fn on_change(
    module: &Module,
    kind: &ParamKind,
    function: &Expr,
    private: &TokenStream,
) -> TokenStream {
    let ident = &module.instance.item.ident;
    let view = view(kind, &quote!('a));
    quote! {
        |value, locked| {
            const ON_CHANGE: for<'a> fn(&'a #ident, #view) = #function;
            #private::with_live::<#ident>(locked, |module| ON_CHANGE(module, value))
        }
    }
}

fn default_value(kind: &ParamKind, default: &Expr) -> TokenStream {
    match (kind, literal(default)) {
        (ParamKind::Str | ParamKind::CStr(_), Some(Lit::Str(string))) => {
            let mut literal: Literal = c_str(&string.value());
            literal.set_span(string.span());
            quote!(#literal)
        }
        (ParamKind::Array(element, _), _) if matches!(**element, ParamKind::CStr(_)) => {
            match strip(default) {
                Expr::Array(array) => {
                    let elements = array
                        .elems
                        .iter()
                        .map(|default| default_value(element, default));
                    quote!([#(#elements),*])
                }
                _ => quote!(#default),
            }
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
        .flat_map(|(param, kind, default)| {
            let (element, defaults): (_, Vec<&Expr>) = match (kind, strip(default)) {
                (ParamKind::Array(element, _), Expr::Array(array)) => {
                    (&**element, array.elems.iter().collect())
                }
                _ => (kind, vec![default]),
            };
            defaults
                .into_iter()
                .filter_map(|default| assertion(param, element, default))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn assertion(param: &Param, kind: &ParamKind, default: &Expr) -> Option<TokenStream> {
    let (Some(range), ParamKind::Int(ty)) = (&param.range, kind) else {
        return None;
    };
    let (min, max) = ends(range, ty);
    let mut written = range.min.iter().chain(&range.max);
    if int_value(default).is_some() && written.all(|end| int_value(end).is_some()) {
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
}

/// The function that lists the parameters with `on_change`, if there are any.
pub fn watched(module: &Module, private: &TokenStream) -> TokenStream {
    let watched: Vec<&Ident> = whole(module)
        .filter(|(param, ..)| param.on_change.is_some())
        .map(|(param, ..)| &param.ident)
        .collect();
    if watched.is_empty() {
        return TokenStream::new();
    }
    quote! {
        fn watched() -> &'static [&'static dyn #private::OnChange] {
            static WATCHED: &[&dyn #private::OnChange] = &[#(&__KMOD_PARAMS.#watched),*];
            WATCHED
        }
    }
}

/// The kernel's descriptors: one array, since statics of their own may be aligned more than it is
/// (rustc's `-Zmin-function-alignment` does so).
pub fn descriptors(module: &Module, private: &TokenStream) -> TokenStream {
    let descriptors: Vec<TokenStream> = whole(module)
        .map(|(param, _, _)| {
            let ident = &param.ident;
            let name = c_str(&param.name.value);
            let perm = octal(param.perm.as_ref(), PERM);
            let taints = param.taint.then(|| quote!(.taints()));
            let hw = param.hw.then(|| quote!(.hw()));
            quote! {
                #private::KernelParam::new(#name, &__KMOD_PARAMS.#ident, #perm)#taints #hw
            }
        })
        .collect();
    if descriptors.is_empty() {
        return TokenStream::new();
    }
    let count = descriptors.len();
    quote! {
        // SAFETY: The section is an array of `kernel_param`, which the type is.
        #[used]
        #[unsafe(link_section = "__param")]
        static __KMOD_PARAM_TABLE: [#private::KernelParam; #count] = [#(#descriptors),*];
    }
}

/// The name of a type in `modinfo`: `module_param()`'s, where C has one.
pub fn parmtype(param: &Param) -> Option<String> {
    Some(match param.kind.as_ref()? {
        ParamKind::Array(element, _) => format!("array of {}", c_type(param, element)),
        kind => c_type(param, kind),
    })
}

fn c_type(param: &Param, kind: &ParamKind) -> String {
    match kind {
        ParamKind::Bool(ident) | ParamKind::Int(ident) => match &param.c_kind {
            Some(way) => way.to_string(),
            None => match ident.to_string().as_str() {
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
        },
        ParamKind::Str | ParamKind::CStr(_) if param.len.is_some() => "string".to_owned(),
        ParamKind::Str | ParamKind::CStr(_) => "charp".to_owned(),
        ParamKind::Custom(Type::Path(path)) => match path.path.segments.last() {
            Some(last) => last.ident.to_string(),
            None => String::new(),
        },
        ParamKind::Array(..) | ParamKind::Custom(_) => String::new(),
    }
}
