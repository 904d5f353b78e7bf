// SPDX-License-Identifier: GPL-2.0-only
//! `#[kernel_module]`: what was written, typed, each part with the place where it stands.

pub mod check;
mod clashes;
pub mod expand;
mod info;
mod licence;
mod modinfo;
mod panic;
pub mod parse;
mod shape;

#[cfg(test)]
pub use modinfo::escaped;

use syn::{Attribute, Ident, ItemStruct, Type};

use crate::objects::Object;
use crate::params::Param;
use crate::syntax::Text;

/// A struct under `#[kernel_module]`.
pub struct Module {
    /// The struct, without our attributes.
    pub item: ItemStruct,
    /// `name`.
    pub name: Option<Text>,
    /// `license`.
    pub license: Option<Text>,
    /// `authors`.
    pub authors: Vec<Text>,
    /// `description`, or what the struct's doc comment says.
    pub description: Option<Text>,
    /// `version`.
    pub version: Option<Text>,
    /// `alias`.
    pub aliases: Vec<Text>,
    /// `softdep`.
    pub softdep: Option<Text>,
    /// `firmware`.
    pub firmware: Vec<Text>,
    /// `import_ns`.
    pub import_ns: Vec<Text>,
    /// `panic`.
    pub panic: Option<Text>,
    /// `params`.
    pub params: Vec<Param>,
    /// The fields, in their order.
    pub fields: Vec<Field>,
    /// The attribute and its keys, as they were written.
    pub written: Vec<Ident>,
    /// The struct is of a shape that a module cannot have: only the struct itself is emitted.
    pub misshapen: bool,
}

/// A field of the module struct.
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// Its type, as it may stand outside the struct.
    pub ty: Type,
    /// The `#[cfg]`s under which it is there.
    pub cfgs: Vec<Attribute>,
    /// The kernel object that it is.
    pub object: Option<Object>,
    /// Its attribute and that one's keys, as they were written.
    pub written: Vec<Ident>,
    /// The object was refused and is not emitted.
    pub refused: bool,
}
