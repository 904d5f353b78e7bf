// SPDX-License-Identifier: GPL-2.0-only
//! The whole way of each attribute of an item, and what is said of one that stands elsewhere.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Item, ItemEnum, ItemFn, ItemForeignMod, ItemImpl, ItemStruct, spanned::Spanned};

use crate::errors::{Errors, any_of, listed};
use crate::file_operations::FILE_OPERATIONS;
use crate::handlers::HandlerTrait;
use crate::instance::{Instance, Kind};
use crate::objects;

/// The whole way of `#[kernel_module]`.
pub fn kernel_module(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[kernel_module]` belongs on a struct",
        help: "put it on the struct that holds the module's state",
    };
    place.attribute(tokens, structs, |item, errors| {
        let mut model = crate::kernel_module::parse::parse(args, item, errors);
        crate::kernel_module::check::check(&mut model, errors);
        crate::kernel_module::expand::expand(&model, krate)
    })
}

/// The whole way of `#[file_operations]`.
pub fn file_operations(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    handlers(&FILE_OPERATIONS, args, tokens, krate)
}

/// The whole way of the attribute of a trait of handlers.
pub fn handlers(
    of: &'static HandlerTrait,
    args: TokenStream,
    tokens: TokenStream,
    krate: &TokenStream,
) -> TokenStream {
    let HandlerTrait {
        attribute, name, ..
    } = of;
    let place = Place {
        rule: &format!("`#[{attribute}]` belongs on an `impl`"),
        help: &format!("write `#[{attribute}] impl {name} for …`"),
    };
    place.attribute(tokens, impls, |item, errors| {
        let mut model = crate::handlers::parse::parse(of, args, item, errors);
        crate::handlers::check::check(&mut model, errors);
        crate::handlers::expand::expand(&model, krate)
    })
}

/// The whole way of `#[handlers]`, of the trait that the `impl` names.
pub fn named_handlers(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let traits = objects::TRAITS.iter().copied();
    let item = match syn::parse2::<Item>(tokens.clone()) {
        Ok(Item::Impl(item)) => Some(item),
        _ => None,
    };
    let path = item.and_then(|item| Some(item.trait_?.1));
    let name = path.as_ref().and_then(|path| path.segments.last());
    let named = traits
        .clone()
        .find(|of| name.is_some_and(|last| last.ident == of.name));
    if let Some(of) = named {
        return handlers(of, args, tokens, krate);
    }
    let names = listed(traits.map(|of| of.name));
    let place = Place {
        rule: "`#[handlers]` belongs on an `impl` of a trait of handlers",
        help: &format!("these are {names}; that of a device's files is `#[file_operations]`"),
    };
    place.attribute(tokens, |_| None::<()>, |(), _| TokenStream::new())
}

/// The whole way of `#[device]`.
pub fn device(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[device]` belongs on a struct",
        help: "put it on the struct that holds a device's state",
    };
    place.attribute(tokens, structs, |item, errors| {
        crate::device::args(&args, errors);
        let device = Instance::of(Kind::Device, item, errors);
        crate::device::expand(&device, krate)
    })
}

/// The whole way of `#[per_open]`.
pub fn per_open(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[per_open]` belongs on a struct",
        help: "put it on the struct that holds the state of an open file",
    };
    place.attribute(tokens, structs, |item, errors| {
        crate::per_open::args(&args, errors);
        let state = Instance::of(Kind::PerOpen, item, errors);
        crate::per_open::expand(&state, krate)
    })
}

/// The whole way of `#[ioctl]`.
pub fn ioctl(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[ioctl]` belongs on an enum",
        help: "put it on an enum with a variant for each command",
    };
    place.attribute(tokens, enums, |item, errors| {
        let mut model = crate::ioctl::parse::parse(args, item, errors);
        crate::ioctl::check::check(&mut model, errors);
        crate::ioctl::expand::expand(&model, krate)
    })
}

/// The whole way of `#[uapi]`.
pub fn uapi(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[uapi]` belongs on a struct",
        help: "write a struct; a choice between values is an integer with constants",
    };
    place.attribute(tokens, structs, |item, errors| {
        let mut model = crate::uapi::parse(args, item, errors);
        crate::uapi::check(&mut model, errors);
        crate::uapi::expand(&model, krate)
    })
}

/// The whole way of `#[registers]`.
pub fn registers(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[registers]` belongs on a struct",
        help: "put it on a struct with a field for each register",
    };
    place.attribute(tokens, structs, |item, errors| {
        let mut map = crate::registers::parse(args, item, errors);
        crate::registers::check(&mut map, errors);
        crate::registers::expand(&map, krate)
    })
}

/// The whole way of `#[bits]`.
pub fn bits(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[bits]` belongs on a struct",
        help: "put it on a struct with a field for each bit field of the register",
    };
    place.attribute(tokens, structs, |item, errors| {
        let mut bits = crate::registers::bits::parse(args, item, errors);
        crate::registers::bits::check(&mut bits, errors);
        crate::registers::bits::expand(&bits, krate)
    })
}

/// The whole way of `#[derive(BitsEnum)]`.
pub fn bits_enum(tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`BitsEnum` is derived for an enum",
        help: "a bit field of other values is a `bool` or an unsigned integer",
    };
    place.derive(tokens, enums, |item, errors| {
        let bits = crate::registers::bits_enum::check(&item, errors);
        let expand = |bits: Vec<u64>| crate::registers::bits_enum::expand(&item, &bits, krate);
        bits.map(expand).unwrap_or_default()
    })
}

/// The whole way of `#[trace_event]`.
pub fn trace_event(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[trace_event]` belongs on a struct",
        help: "put it on a struct with a field for each thing that is to be known of an event",
    };
    place.attribute(tokens, structs, |item, errors| {
        crate::trace_event::expand(args, &item, errors, krate)
    })
}

/// The whole way of `#[export_c]`.
pub fn export_c(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[export_c]` belongs on a function with a body",
        help: "put it on the `fn` that C is to call",
    };
    place.attribute(tokens, functions, |item, errors| {
        crate::c::export::to_c(args, &item, errors, krate)
    })
}

/// The whole way of `#[export]`.
pub fn export(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[export]` belongs on a function with a body",
        help: "put it on the `fn` that other modules are to call",
    };
    place.attribute(tokens, functions, |item, errors| {
        crate::c::export::to_all(args, &item, errors, krate)
    })
}

/// The whole way of `#[import_c]`.
pub fn import_c(args: TokenStream, tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`#[import_c]` belongs on a block of declarations",
        help: "write `#[import_c] unsafe extern \"C\" { fn name(…); }`",
    };
    place.attribute(tokens, declarations, |item, errors| {
        crate::c::import::expand(args, &item, errors, krate)
    })
}

/// The whole way of `#[derive(ParamEnum)]`.
pub fn param_enum(tokens: TokenStream, krate: &TokenStream) -> TokenStream {
    let place = Place {
        rule: "`ParamEnum` is derived for an enum",
        help: "write `impl ParamValue for …` for a type that is not one of some names",
    };
    place.derive(tokens, enums, |item, errors| {
        let model = crate::param_enum::parse(item, errors);
        crate::param_enum::check(&model, errors);
        crate::param_enum::expand(&model, krate)
    })
}

/// Where an attribute belongs: what is said when it stands elsewhere.
struct Place<'a> {
    rule: &'a str,
    help: &'a str,
}

impl Place<'_> {
    /// What stands for an item: what `expand` makes of it, or the item itself. Behind all errors.
    fn attribute<T>(
        &self,
        tokens: TokenStream,
        takes: fn(Item) -> Option<T>,
        expand: impl FnOnce(T, &mut Errors) -> TokenStream,
    ) -> TokenStream {
        let mut errors = Errors::default();
        let item = match syn::parse2::<Item>(tokens.clone()) {
            Ok(item) => item,
            // Half an item, while it is being typed: editors complete what they still see.
            Err(error) => {
                let error = error.to_compile_error();
                return quote!(#error #tokens);
            }
        };
        let place = keyword(&item);
        let expanded = match takes(item) {
            Some(item) => expand(item, &mut errors),
            None => {
                errors.at(place, self.rule, self.help);
                tokens
            }
        };
        let errors = errors.into_tokens();
        quote!(#errors #expanded)
    }

    /// What stands beside an item, which the compiler keeps.
    fn derive<T>(
        &self,
        tokens: TokenStream,
        takes: fn(Item) -> Option<T>,
        expand: impl FnOnce(T, &mut Errors) -> TokenStream,
    ) -> TokenStream {
        let mut errors = Errors::default();
        let item = match syn::parse2::<Item>(tokens) {
            Ok(item) => item,
            Err(error) => return error.to_compile_error(),
        };
        let place = keyword(&item);
        let expanded = takes(item).map(|item| expand(item, &mut errors));
        if expanded.is_none() {
            errors.at(place, self.rule, self.help);
        }
        let errors = errors.into_tokens();
        quote!(#errors #expanded)
    }
}

fn functions(item: Item) -> Option<ItemFn> {
    match item {
        Item::Fn(item) => Some(item),
        _ => None,
    }
}

fn declarations(item: Item) -> Option<ItemForeignMod> {
    match item {
        Item::ForeignMod(item) => Some(item),
        _ => None,
    }
}

fn structs(item: Item) -> Option<ItemStruct> {
    match item {
        Item::Struct(item) => Some(item),
        _ => None,
    }
}

fn enums(item: Item) -> Option<ItemEnum> {
    match item {
        Item::Enum(item) => Some(item),
        _ => None,
    }
}

fn impls(item: Item) -> Option<ItemImpl> {
    match item {
        Item::Impl(item) => Some(item),
        _ => None,
    }
}

/// An attribute of a field that stands on an item.
pub fn misplaced(attribute: &str, tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let on = objects::named(attribute).map_or(&[][..], |ours| ours.on);
    let owners = any_of(on.iter().map(|kind| format!("#[{}]", kind.attribute())));
    let span = match syn::parse2::<Item>(tokens.clone()) {
        Ok(item) => keyword(&item),
        Err(_) => tokens.span(),
    };
    errors.at(
        span,
        format!("`#[{attribute}]` belongs on a field of a struct under {owners}"),
        "put it on the field that holds the object's state",
    );
    let errors = errors.into_tokens();
    quote!(#errors #tokens)
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
