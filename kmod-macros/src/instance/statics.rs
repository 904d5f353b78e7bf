// SPDX-License-Identifier: GPL-2.0-only
//! Where an instance's objects are kept: the statics, and the list of them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Attribute;

use super::expand::marker;
use super::{Field, files};
use crate::objects::Object;

/// Where the objects of an attribute are kept.
#[derive(Clone, Copy)]
pub enum Kept {
    /// Each in a static of this type, for its field.
    Alone(&'static str),
    /// One that has no other of its attribute beside it in a static of this type, for its field; those
    /// that follow each other in one static, a table of the rows that the function names.
    Beside(&'static str, fn(&[Member<'_>]) -> &'static str),
    /// Those of one group between which no object of another attribute stands, in one static, which
    /// this function makes.
    Together(TogetherFn),
}

/// Makes the static of the objects of a group, which they have in common.
pub type TogetherFn = fn(group: &str, &[&Member<'_>], private: &TokenStream) -> Static<'static>;

/// An object among the others.
pub struct Member<'a> {
    /// What it is.
    pub object: &'a dyn Object,
    /// The marker type of its field.
    pub marker: Ident,
    /// Its field's `#[cfg]`s.
    pub cfgs: &'a [Attribute],
    /// Its device has files in sysfs.
    pub has_files: bool,
}

/// What is registered by one call.
pub struct Static<'a> {
    /// The `#[cfg]`s under which it is there.
    pub cfgs: &'a [Attribute],
    /// Its type.
    pub ty: TokenStream,
    /// Its value.
    pub value: TokenStream,
}

/// The statics of all objects and the list of them, in field order.
pub fn statics(fields: &[Field], private: &TokenStream) -> TokenStream {
    let members: Vec<Member<'_>> = fields
        .iter()
        .filter(|field| !field.refused)
        .filter_map(|field| {
            Some(Member {
                object: field.object.as_deref()?,
                marker: marker(field),
                cfgs: &field.cfgs,
                has_files: files(fields, &field.ident).next().is_some(),
            })
        })
        .collect();
    let of = |member: &Member<'_>| member.object.attribute();
    let all = members
        .chunk_by(|a, b| std::ptr::eq(of(a), of(b)))
        .flat_map(|run| kept(of(&run[0]).kept, run, private));
    let (mut statics, mut names) = (TokenStream::new(), TokenStream::new());
    for (index, Static { cfgs, ty, value }) in all.enumerate() {
        let name = format_ident!("OBJECT_{index}");
        statics.extend(quote!(#(#cfgs)* static #name: #ty = #value;));
        names.extend(quote!(#(#cfgs)* &#name,));
    }
    quote! {
        #statics
        static OBJECTS: &[&dyn #private::Object] = &[#names];
        OBJECTS
    }
}

/// The statics of objects of one attribute between which no other stands: groups in the order of
/// their first objects.
fn kept<'a>(kept: Kept, run: &[Member<'a>], private: &TokenStream) -> Vec<Static<'a>> {
    let make = match kept {
        Kept::Alone(ty) => {
            let statics = run.iter().map(|member| alone(ty, member, private));
            return statics.collect();
        }
        Kept::Beside(ty, rows) => {
            return match run {
                [member] => vec![alone(ty, member, private)],
                run => {
                    let members: Vec<&Member<'_>> = run.iter().collect();
                    vec![table(rows(run), &members, private)]
                }
            };
        }
        Kept::Together(make) => make,
    };
    let mut groups: Vec<(&str, Vec<&Member<'_>>)> = Vec::new();
    for member in run {
        let group = member.object.group();
        match groups.iter_mut().find(|(other, _)| *other == group) {
            Some((_, members)) => members.push(member),
            None => groups.push((group, vec![member])),
        }
    }
    let statics = groups.iter();
    let statics = statics.map(|(group, members)| make(group, members, private));
    statics.collect()
}

/// The static of an object that has one for itself.
fn alone<'a>(ty: &str, member: &Member<'a>, private: &TokenStream) -> Static<'a> {
    let (ty, marker) = (format_ident!("{ty}"), &member.marker);
    Static {
        cfgs: member.cfgs,
        ty: quote!(#private::#ty<#marker>),
        value: quote!(#private::#ty::new()),
    }
}

/// A static of objects that are rows of this type.
pub fn table(ty: &str, members: &[&Member<'_>], private: &TokenStream) -> Static<'static> {
    let ty = format_ident!("{ty}");
    let rows = members
        .iter()
        .map(|Member { marker, cfgs, .. }| quote!(#(#cfgs)* #private::#ty::new::<#marker>(),));
    let count = count(members);
    Static {
        cfgs: &[],
        ty: quote!([#private::#ty; #count]),
        value: quote!([#(#rows)*]),
    }
}

/// How many of them `#[cfg]` leaves.
pub fn count(members: &[&Member<'_>]) -> TokenStream {
    let each = members
        .iter()
        .map(|Member { cfgs, .. }| quote!(#(#cfgs)* (),));
    quote!({ <[()]>::len(&[#(#each)*]) })
}
