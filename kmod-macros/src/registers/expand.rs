// SPDX-License-Identifier: GPL-2.0-only
//! The constants of a map of registers, and what the compiler checks of them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;

use super::check::reset_name;
use super::{Access, Register, Registers};
use crate::case;
use crate::keys;
use crate::tokens::{call_at, generated_at, option};

/// The struct, and all that makes it a map.
pub fn expand(map: &Registers, krate: &TokenStream) -> TokenStream {
    let private = &quote!(#krate::__private);
    let item = &map.item;
    let (attributes, vis, ident) = (&item.attrs, &item.vis, &item.ident);
    if map.misshapen {
        return quote!(#item);
    }
    let written = map.registers.iter().map(|register| &register.written);
    // An attribute without keys shows nothing.
    let written = written.filter(|written| written.len() > 1);
    let keys = keys::expand(std::iter::once(&map.written).chain(written), private);
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
        .map(|register| assert_placed(register, size, map.unit(), private));
    let words = map.registers.iter();
    let words = words.filter_map(|register| assert_word(register, map, private));
    let rows = map.registers.iter().map(|register| row(register, private));
    let resets = map
        .registers
        .iter()
        .map(|register| assert_reset(register, private));
    let endians = map
        .registers
        .iter()
        .map(|register| assert_endian(register, ident, private));
    let widths = map
        .registers
        .iter()
        .map(|register| width(register, private));
    let free = free(map, private);
    quote! {
        #(#attributes)*
        #vis struct #ident;
        const _: () = {
            #keys
            impl #private::Registers for #ident {
                const SIZE: ::core::primitive::usize = #bytes;
                const ALIGN: ::core::primitive::usize = #private::widest(&[#(#widths),*]);
                const BIG_ENDIAN: ::core::primitive::bool = #big;
                const ROWS: &'static [#private::Row] = &[#(#rows),*];
            }
            #[allow(dead_code, reason = "a driver does not use all that its device has")]
            impl #ident {
                #(#constants)*
            }
            #(#placed)*
            #(#words)*
            #(#resets)*
            #(#endians)*
            #free
        };
    }
}

/// A register as a constant, and what it holds after a reset.
fn constant(register: &Register, map: &Registers, private: &TokenStream) -> TokenStream {
    let Register {
        vis,
        attributes,
        ty,
        offset,
        access,
        ..
    } = register;
    let of = &map.item.ident;
    let name = case::identifier(&case::screaming(&register.ident), register.ident.span());
    let offset = Literal::u128_unsuffixed(offset.value);
    let at = |function, args| call_at(generated_at(ty.span()), function, args);
    let (single, many) = match access {
        Access::Block => (quote!(Block), quote!(BlockArray)),
        _ => (quote!(Register), quote!(RegisterArray)),
    };
    let marker = format_ident!("{}", access.ty());
    let marker = (*access != Access::Block).then(|| quote!(, #private::#marker));
    let constant = match &register.count {
        None => {
            let value = at(quote!(#private::#single::at), quote!(#offset));
            quote! {
                #(#attributes)*
                #vis const #name: #private::#single<#of, #ty #marker> = #value;
            }
        }
        Some(count) => {
            let stride = stride(register, private);
            let value = at(quote!(#private::#many::at), quote!(#offset, #stride));
            quote! {
                #(#attributes)*
                #vis const #name: #private::#many<#of, #ty #marker, { #count }> = #value;
            }
        }
    };
    let reset = reset(register, private);
    quote!(#constant #reset)
}

/// The constant for what a register holds after a reset.
fn reset(register: &Register, private: &TokenStream) -> Option<TokenStream> {
    let (ident, vis, ty) = (&register.ident, &register.vis, &register.ty);
    let reset = register.reset.as_ref()?;
    let cfgs: Vec<_> = cfgs(register).collect();
    let name = case::identifier(&reset_name(ident), ident.span());
    let value = Literal::u128_unsuffixed(reset.value);
    let documented = format!("What `{ident}` holds after a reset: {}.", reset.written);
    Some(quote! {
        #[doc = #documented]
        #(#cfgs)*
        #vis const #name: #ty = <#ty as #private::ConstValue<#value>>::VALUE;
    })
}

/// How wide a register is in bytes, or the widest of a block.
fn width_of(register: &Register, private: &TokenStream) -> TokenStream {
    let ty = &register.ty;
    match register.access {
        Access::Block => quote!(<#ty as #private::Registers>::ALIGN),
        _ => quote!(#private::width::<#ty>()),
    }
}

/// That, if it is not left out.
fn width(register: &Register, private: &TokenStream) -> TokenStream {
    let cfgs = cfgs(register);
    let width = width_of(register, private);
    quote!(#(#cfgs)* #width)
}

/// How many bytes one takes.
fn size(register: &Register, private: &TokenStream) -> TokenStream {
    let ty = &register.ty;
    match register.access {
        Access::Block => quote!(<#ty as #private::Registers>::SIZE),
        _ => quote!(#private::width::<#ty>()),
    }
}

/// How far it is from one to the next.
fn stride(register: &Register, private: &TokenStream) -> TokenStream {
    match &register.stride {
        Some(stride) => Literal::u128_unsuffixed(stride.value).into_token_stream(),
        None => size(register, private),
    }
}

/// Where a register is.
fn placing(register: &Register, private: &TokenStream) -> TokenStream {
    let offset = Literal::u128_unsuffixed(register.offset.value);
    let count = match &register.count {
        Some(count) => quote!(#count),
        None => quote!(1),
    };
    let (size, stride) = (size(register, private), stride(register, private));
    let align = width_of(register, private);
    let (reads, writes) = (register.access.reads(), register.access.writes());
    quote! {
        #private::Placing {
            offset: #offset,
            size: #size,
            align: #align,
            count: #count,
            stride: #stride,
            access: (#reads, #writes),
        }
    }
}

/// What is said of it besides.
fn row(register: &Register, private: &TokenStream) -> TokenStream {
    let (ty, access, cfgs) = (&register.ty, register.access, cfgs(register));
    let placing = placing(register, private);
    let (volatile, cleared) = match (access, register.volatile) {
        (Access::Ro | Access::Wo | Access::Rw, Some(said)) => (said.value, false),
        _ => (access.is_volatile(), access == Access::Rc),
    };
    let reset = register.reset.as_ref();
    let reset = option(reset.map(|reset| Literal::u128_unsuffixed(reset.value)));
    let block = match access {
        Access::Block => quote!(<#ty as #private::Registers>::ROWS),
        _ => quote!(&[]),
    };
    quote! {
        #(#cfgs)*
        #private::Row {
            placing: #placing,
            volatile: #volatile,
            cleared: #cleared,
            reset: #reset,
            block: #block,
        }
    }
}

/// Of a map that counts registers, each is as wide as they are.
fn assert_word(register: &Register, map: &Registers, private: &TokenStream) -> Option<TokenStream> {
    let (ident, word) = (&register.ident, map.word.as_ref()?.value);
    let cfgs = cfgs(register);
    let what = match register.access {
        Access::Block => "block",
        _ => "register",
    };
    let message = format!("{what} `{ident}` is not of `{word}`, as its map's registers are");
    let width = width_of(register, private);
    let bytes = Literal::u128_unsuffixed(map.unit());
    let call = call_at(
        generated_at(register.ty.span()),
        quote!(#private::assert_word),
        quote!(#width, #bytes, #message),
    );
    Some(quote!(#(#cfgs)* const _: () = #call;))
}

/// What it holds after a reset is no more than it can hold.
fn assert_reset(register: &Register, private: &TokenStream) -> Option<TokenStream> {
    let (ident, ty) = (&register.ident, &register.ty);
    let reset = register.reset.as_ref()?;
    let cfgs = cfgs(register);
    let value = Literal::u128_unsuffixed(reset.value);
    let message = format!("register `{ident}` has fewer bits than {}", reset.written);
    let call = call_at(
        generated_at(reset.span),
        quote!(#private::assert_reset),
        quote!(#value, #private::width::<#ty>(), #message),
    );
    Some(quote!(#(#cfgs)* const _: () = #call;))
}

/// A block has the endianness of its map.
fn assert_endian(register: &Register, of: &Ident, private: &TokenStream) -> Option<TokenStream> {
    let (ident, ty) = (&register.ident, &register.ty);
    if register.access != Access::Block {
        return None;
    }
    let cfgs = cfgs(register);
    let message = format!("block `{ident}` is of another endianness than its map");
    let call = call_at(
        generated_at(ty.span()),
        quote!(#private::assert_endian::<#of, #ty>),
        quote!(#message),
    );
    Some(quote!(#(#cfgs)* const _: () = #call;))
}

/// It is aligned, and in the map.
fn assert_placed(
    register: &Register,
    size: u128,
    unit: u128,
    private: &TokenStream,
) -> TokenStream {
    let (ident, written) = (&register.ident, &register.offset.written);
    let cfgs = cfgs(register);
    let (what, whole) = match register.access {
        Access::Block => ("block", "its widest register's size"),
        _ => ("register", "its size"),
    };
    let aligned = format!("{what} `{ident}` is not aligned: {written} is no multiple of {whole}");
    let apart = match &register.stride {
        Some(stride) => format!(
            "{what} `{ident}` does not fit into {} bytes, from one to the next, or is not aligned there",
            stride.written
        ),
        None => {
            format!("{what} `{ident}` is no multiple of {whole}, so the next one is not aligned")
        }
    };
    let (all, pieces) = match unit {
        1 => (size, "bytes"),
        _ => (size / unit, "registers"),
    };
    let inside = format!("{what} `{ident}` is not in its map, which has {all:#x} {pieces}");
    let placing = placing(register, private);
    let size = Literal::u128_unsuffixed(size);
    let call = call_at(
        generated_at(register.offset.span),
        quote!(#private::assert_placed),
        quote!(&#placing, #size, #aligned, #apart, #inside),
    );
    quote!(#(#cfgs)* const _: () = #call;)
}

/// No two registers that can be read overlap, and no two that can be written. In the order of their
/// offsets, two that do follow each other somewhere; but those with gaps, and those that may overlap
/// another one, are compared with all.
fn free(map: &Registers, private: &TokenStream) -> TokenStream {
    // Of one that is nowhere, that was told.
    let somewhere = |register: &Register| !register.offset.written.is_empty();
    let special = |register: &&Register| register.stride.is_some() || register.alias.is_some();
    let plain = |of: fn(&Register) -> bool| {
        let plain = map.registers.iter().filter(|one| of(one) && !special(one));
        let mut plain: Vec<&Register> = plain.collect();
        plain.sort_by_key(|register| register.offset.value);
        let pairs: Vec<_> = plain.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs
    };
    let mut pairs = plain(|register| register.access.reads());
    for pair in plain(|register| register.access.writes()) {
        if !pairs
            .iter()
            .any(|other| std::ptr::eq(other.0, pair.0) && std::ptr::eq(other.1, pair.1))
        {
            pairs.push(pair);
        }
    }
    for (index, register) in map.registers.iter().enumerate() {
        let others = map.registers.iter().enumerate();
        let others =
            others.filter(|(other, of)| *other < index && (special(&register) || special(of)));
        pairs.extend(others.map(|(_, other)| (other, register)));
    }
    // Two that are in the place of a third one are in each other's.
    let place = |register: &Register| register.alias.clone().unwrap_or(register.ident.clone());
    let same = |one: &Register, other: &Register| {
        place(one) == place(other) || place(one) == other.ident || place(other) == one.ident
    };
    pairs.retain(|(one, other)| somewhere(one) && somewhere(other) && !same(one, other));
    let all = pairs.into_iter().map(|(first, second)| {
        let cfgs = cfgs(first).chain(self::cfgs(second));
        let message = format!(
            "register `{}` overlaps `{}`: if it is meant to, write `alias = {}`",
            second.ident, first.ident, first.ident
        );
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
