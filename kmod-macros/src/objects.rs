// SPDX-License-Identifier: GPL-2.0-only
//! The table of the attributes that make a field a kernel object.

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::expand::object::{Kept, Site};
use crate::kernel_module::Field;
use crate::model::{Chrdev, ChrdevRegion, Filesystem, Misc, Sysctl};
use crate::syntax::args::Key;
use crate::{check, expand, parse};

macro_rules! objects {
    ($($attribute:ident => $Type:ident,)*) => {
        /// A kernel object, as its attribute describes it.
        #[derive(Debug)]
        pub enum Object {
            $(#[doc = concat!("`#[", stringify!($attribute), "]`")] $Type($Type),)*
        }

        /// The attributes' names.
        pub const NAMES: &[&str] = &[$(stringify!($attribute)),*];

        /// The keys that an attribute has.
        pub fn keys(attribute: &str) -> &'static [Key] {
            match attribute {
                $(stringify!($attribute) => parse::$attribute::KEYS,)*
                _ => &[],
            }
        }

        /// Reads the attribute of this name on a field.
        pub fn parse(
            attribute: &str,
            mut args: crate::syntax::args::Args,
            field: &syn::Ident,
            errors: &mut Errors,
        ) -> Option<Object> {
            match attribute {
                $(stringify!($attribute) => {
                    parse::$attribute::parse(&mut args, field, errors).map(Object::$Type)
                })*
                _ => None,
            }
        }

        impl Object {
            /// The name of its attribute.
            pub fn attribute(&self) -> &'static str {
                match self { $(Object::$Type(_) => stringify!($attribute),)* }
            }

            /// Applies the rules of its attribute.
            pub fn check(&self, field: &Field, errors: &mut Errors) {
                match self { $(Object::$Type(object) => {
                    check::$attribute::check(object, field, errors);
                })* }
            }

            /// What its attribute stands for.
            pub fn expand(&self, site: &Site<'_>) -> TokenStream {
                match self { $(Object::$Type(object) => expand::$attribute::expand(object, site),)* }
            }

            /// Where it is kept.
            pub fn kept(&self) -> Kept {
                match self { $(Object::$Type(_) => expand::$attribute::KEPT,)* }
            }
        }
    };
}

objects! {
    chrdev => Chrdev,
    chrdev_region => ChrdevRegion,
    filesystem => Filesystem,
    misc => Misc,
    sysctl => Sysctl,
}
