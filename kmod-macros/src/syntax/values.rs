// SPDX-License-Identifier: GPL-2.0-only
//! Values that keys have.

use proc_macro2::Span;
use syn::Expr;

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

/// One of some words.
#[derive(Clone, Debug)]
pub struct Word {
    /// Which one.
    pub value: &'static str,
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
