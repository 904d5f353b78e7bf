// SPDX-License-Identifier: GPL-2.0-only
//! What was written, typed, each part with the place where it stands.

use proc_macro2::Span;
use syn::{Attribute, Expr, Ident, ItemImpl, ItemStruct, Path, Type};

use crate::objects::Object;

/// A string.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it says.
    pub value: String,
    /// Where.
    pub span: Span,
}

/// A number.
#[derive(Clone, Debug)]
pub struct Number {
    /// Its value.
    pub value: u128,
    /// How it was written.
    pub written: String,
    /// Where.
    pub span: Span,
}

/// A range of integers; the ends belong to it.
#[derive(Clone, Debug)]
pub struct Range {
    /// The least value; the type's, if it was left out.
    pub min: Option<Expr>,
    /// The greatest value; the type's, if it was left out.
    pub max: Option<Expr>,
    /// The whole of it.
    pub expr: Expr,
}

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
    /// `params`.
    pub params: Vec<Param>,
    /// The fields, in their order.
    pub fields: Vec<Field>,
    /// The struct is of a shape that a module cannot have: only the struct itself is emitted.
    pub misshapen: bool,
}

/// A field of the module struct.
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// Its type.
    pub ty: Type,
    /// The `#[cfg]`s under which it is there.
    pub cfgs: Vec<Attribute>,
    /// The kernel object that it is.
    pub object: Option<Object>,
    /// The object was refused and is not emitted.
    pub refused: bool,
}

/// A parameter.
pub struct Param {
    /// Its name.
    pub ident: Ident,
    /// Its name as the kernel sees it.
    pub name: String,
    /// Its type, if it can have that one.
    pub kind: Option<ParamKind>,
    /// The type as it was written.
    pub ty: Type,
    /// Its default.
    pub default: Option<Expr>,
    /// Its doc comment.
    pub docs: Vec<Attribute>,
    /// `perm`.
    pub perm: Option<Number>,
    /// `range`.
    pub range: Option<Range>,
    /// Something of it was refused: only its accessor is emitted.
    pub refused: bool,
}

/// The types of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// `bool`.
    Bool(Ident),
    /// An integer.
    Int(Ident),
    /// `&str`.
    Str,
    /// `&CStr`, by the path that the user has for it.
    CStr(Path),
}

/// A field under `#[chrdev]`.
#[derive(Debug)]
pub struct Chrdev {
    /// `name`, or the field's.
    pub name: Text,
    /// `mode`.
    pub mode: Option<Number>,
    /// `minors`.
    pub minors: Option<Number>,
}

/// A field under `#[chrdev_region]`.
#[derive(Debug)]
pub struct ChrdevRegion {
    /// `name`, or the field's.
    pub name: Text,
    /// `minors`.
    pub minors: Option<Number>,
}

/// A field under `#[sysctl]`.
#[derive(Debug)]
pub struct Sysctl {
    /// `path`.
    pub path: Text,
    /// `mode`.
    pub mode: Option<Number>,
    /// `range`.
    pub range: Option<Box<Range>>,
}

/// A field under `#[filesystem]`.
#[derive(Debug)]
pub struct Filesystem {
    /// `name`, or the field's.
    pub name: Text,
    /// `magic`.
    pub magic: Option<Number>,
}

/// An `impl` under `#[file_operations]`.
pub struct FileOperations {
    /// The `impl`, without what was refused in it.
    pub item: ItemImpl,
    /// It is not an `impl` of the trait: only the `impl` itself is emitted.
    pub misplaced: bool,
}
