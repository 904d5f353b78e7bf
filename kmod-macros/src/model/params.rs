// SPDX-License-Identifier: GPL-2.0-only
//! Parameters.

use syn::{Attribute, Expr, Ident, Path, Type};

use super::{Number, Range};

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
    /// `#[param]` and its keys, as they were written.
    pub written: Vec<Ident>,
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
