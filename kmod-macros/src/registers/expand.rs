// SPDX-License-Identifier: GPL-2.0-only
//! The constants of a map of registers, and what the compiler checks of them.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned;

use super::{Register, Registers};
use crate::case;
use crate::keys;
use crate::tokens::{call_at, generated_at};

/// The struct, and all that makes it a map.
pub fn expand(map: &Registers, krate: &TokenStream) -> TokenStream {
    let private = &quote!(#krate::__private);
    let item = &map.item;
    let (attributes, vis, ident) = (&item.attrs, &item.vis, &item.ident);
    if map.misshapen {
        return quote!(#item);
    }
    let keys = keys::expand([&map.written], private);
    // Without a size, nothing is said of it but that.
    let size = map.size.as_ref().map_or(1 << 31, |size| size.value);
    let bytes = Literal::u128_unsuffixed(size);
    let big = map
        .endian
        .as_ref()
        .is_some_and(|endian| endian.value == "big");
    let constants = map
        .registers
        .iter()
        .map(|register| constant(register, map, private));
    let placed = map
        .registers
        .iter()
        .map(|register| assert_placed(register, size, private));
    let free = free(map, private);
    quote! {
        #(#attributes)*
        #vis struct #ident;
        const _: () = {
            #keys
            impl #private::Registers for #ident {
                const SIZE: ::core::primitive::usize = #bytes;
                const BIG_ENDIAN: ::core::primitive::bool = #big;
            }
            #[allow(dead_code, reason = "a driver does not use all that its device has")]
            impl #ident {
                #(#constants)*
            }
            #(#placed)*
            #free
        };
    }
}

/// A register as a constant.
fn constant(register: &Register, map: &Registers, private: &TokenStream) -> TokenStream {
    let Register {
        vis,
        attributes,
        ty,
        offset,
        ..
    } = register;
    let of = &map.item.ident;
    let name = case::identifier(&case::screaming(&register.ident), register.ident.span());
    let access = format_ident!("{}", register.access.ty());
    let offset = Literal::u128_unsuffixed(offset.value);
    let at = |function| call_at(generated_at(ty.span()), function, quote!(#offset));
    let single = at(quote!(#private::Register::at));
    let many = at(quote!(#private::RegisterArray::at));
    match &register.count {
        None => quote! {
            #(#attributes)*
            #vis const #name: #private::Register<#of, #ty, #private::#access> =
                #single;
        },
        Some(count) => quote! {
            #(#attributes)*
            #vis const #name: #private::RegisterArray<#of, #ty, #private::#access, { #count }> =
                #many;
        },
    }
}

/// Where a register is.
fn placing(register: &Register, private: &TokenStream) -> TokenStream {
    let ty = &register.ty;
    let offset = Literal::u128_unsuffixed(register.offset.value);
    let count = match &register.count {
        Some(count) => quote!(#count),
        None => quote!(1),
    };
    let (reads, writes) = (register.access.reads(), register.access.writes());
    quote! {
        #private::Placing {
            offset: #offset,
            size: ::core::mem::size_of::<<#ty as #private::RegisterValue>::Word>(),
            count: #count,
            access: (#reads, #writes),
        }
    }
}

/// It is aligned, and in the map.
fn assert_placed(register: &Register, size: u128, private: &TokenStream) -> TokenStream {
    let (ident, written) = (&register.ident, &register.offset.written);
    let cfgs = cfgs(register);
    let aligned =
        format!("register `{ident}` is not aligned: {written} is no multiple of its size");
    let inside = format!("register `{ident}` is not in its map, which has {size:#x} bytes");
    let placing = placing(register, private);
    let size = Literal::u128_unsuffixed(size);
    let call = call_at(
        generated_at(register.offset.span),
        quote!(#private::assert_placed),
        quote!(&#placing, #size, #aligned, #inside),
    );
    quote!(#(#cfgs)* const _: () = #call;)
}

/// No two registers that can be read overlap, and no two that can be written. In the order of their
/// offsets, two that do follow each other somewhere.
fn free(map: &Registers, private: &TokenStream) -> TokenStream {
    let pairs = |of: fn(&Register) -> bool| {
        let mut registers: Vec<&Register> = map.registers.iter().filter(|one| of(one)).collect();
        registers.sort_by_key(|register| register.offset.value);
        let pairs: Vec<_> = registers
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
            .collect();
        pairs
    };
    let reads = pairs(|register| register.access.reads());
    let writes = pairs(|register| register.access.writes());
    let same = |pair: &(&Register, &Register)| {
        let mut reads = reads.iter();
        !reads.any(|other| std::ptr::eq(other.0, pair.0) && std::ptr::eq(other.1, pair.1))
    };
    let writes = writes.iter().filter(|pair| same(pair));
    let all = reads.iter().chain(writes).map(|(first, second)| {
        let cfgs = cfgs(first).chain(self::cfgs(second));
        let message = format!("register `{}` overlaps `{}`", second.ident, first.ident);
        let (at, other) = (placing(second, private), placing(first, private));
        let call = call_at(
            generated_at(second.offset.span),
            quote!(#private::assert_free),
            quote!(&#at, &#other, #message),
        );
        quote!(#(#cfgs)* const _: () = #call;)
    });
    all.collect()
}

/// The `#[cfg]`s that keep a register or leave it out.
fn cfgs(register: &Register) -> impl Iterator<Item = &syn::Attribute> {
    let attributes = register.attributes.iter();
    attributes.filter(|attribute| attribute.path().is_ident("cfg"))
}
