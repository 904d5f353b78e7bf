// SPDX-License-Identifier: GPL-2.0-only
//! `params(…)` of `#[kernel_module]`: what was written of a parameter.

pub mod check;
pub mod expand;
pub mod parse;
mod perm;

use syn::{Attribute, Expr, Ident, Path, Type};

use crate::syntax::{Number, Range, Text};

/// A parameter.
pub struct Param {
    /// Its name.
    pub ident: Ident,
    /// Its name as the kernel sees it: `name`, or the one above.
    pub name: Text,
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
    /// `kind`: a name of the kernel's for a way to write the type.
    pub c_kind: Option<Ident>,
    /// `len`: the room of a fixed-length string.
    pub len: Option<Number>,
    /// `taint`.
    pub taint: bool,
    /// `hw`: which one is for people.
    pub hw: bool,
    /// `validate`.
    pub validate: Option<Expr>,
    /// `on_change`.
    pub on_change: Option<Expr>,
    /// `#[param]` and its keys, as they were written.
    pub written: Vec<Ident>,
    /// Something of it was refused: only its accessor is emitted.
    pub refused: bool,
}

/// The types of parameters.
#[derive(Clone)]
pub enum ParamKind {
    /// `bool`.
    Bool(Ident),
    /// An integer.
    Int(Ident),
    /// `&str`.
    Str,
    /// `&CStr`, by the path that the user has for it.
    CStr(Path),
    /// An array of at most so many.
    Array(Box<ParamKind>, Expr),
    /// A type that implements `ParamValue`.
    Custom(Type),
}

impl Param {
    /// Whether its file in sysfs can be written.
    pub fn writable(&self) -> bool {
        self.perm
            .as_ref()
            .is_some_and(|perm| perm.value & 0o222 != 0)
    }
}
