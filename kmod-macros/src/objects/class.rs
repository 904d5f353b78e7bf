// SPDX-License-Identifier: GPL-2.0-only
//! What the attributes of the kernel's classes have in common: a device's name, and the type of the field.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Site;
use super::kernel_file::{INDEX, numbered};
use crate::errors::Errors;
use crate::instance::Kind;
use crate::rules::names::{self, Folder};
use crate::syntax::Text;
use crate::syntax::args::Args;
use crate::syntax::forms::name_of;
use crate::tokens::item_at;

/// The name of a class's device.
pub struct ClassName {
    /// `name`, or the field's.
    pub text: Text,
    /// It is `name`.
    is_named: bool,
}

impl ClassName {
    /// That of the key `name`, or of the field.
    pub fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Self {
        let name = args.text("name", errors);
        Self {
            is_named: name.is_some(),
            text: name.unwrap_or_else(|| name_of(field)),
        }
    }

    /// The rules of one that is a file's, as a device of an instance of this kind has it.
    pub fn check(&self, of: &str, kind: Kind, errors: &mut Errors) {
        if kind == Kind::Module && self.text.value.contains(INDEX) {
            errors.at(
                self.text.span,
                format!("a module has one such {of}: there is no `{INDEX}`"),
                format!("leave `{INDEX}` out, or put the field into a struct under `#[device]`"),
            );
        }
        let plain = Text {
            value: self.text.value.replacen(INDEX, "0", 1),
            span: self.text.span,
        };
        names::file(of, &plain, Folder::Nowhere, errors);
    }

    /// The constant of it.
    pub fn constant(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let otherwise = (!self.is_named && site.kind == Kind::Device).then_some("");
        let name = numbered(&self.text.value, otherwise, private);
        quote!(const NAME: #private::NodeName = #name;)
    }
}

/// A field of a class, of which the trait of this name has the constants.
pub fn class_field(site: &Site<'_>, of: &str, constants: &TokenStream) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let class = item_at(*span, private, "ClassField");
    let field = Ident::new(of, proc_macro2::Span::call_site());
    quote! {
        #(#cfgs)*
        impl #private::#field for #marker {
            #constants
        }
        #(#cfgs)*
        impl #class for #marker {}
    }
}

/// The variant for a file of this name.
pub fn camel(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect()
}
