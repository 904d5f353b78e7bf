// SPDX-License-Identifier: GPL-2.0-only
//! Doc comments, which are also the kernel's descriptions.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Lit, Meta};

use crate::syntax::Text;

/// The lines of a doc comment.
fn lines(attributes: &[Attribute]) -> Vec<(String, Span)> {
    let mut lines = Vec::new();
    for attribute in attributes {
        if !attribute.path().is_ident("doc") {
            continue;
        }
        if let Meta::NameValue(doc) = &attribute.meta
            && let Expr::Lit(literal) = &doc.value
            && let Lit::Str(string) = &literal.lit
        {
            // An empty line has no `lines()`, but it ends a paragraph.
            for line in string.value().split('\n') {
                lines.push((line.trim().to_owned(), attribute.span()));
            }
        }
    }
    lines
}

/// The text, line by line.
pub fn text(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = lines(attributes)
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    lines.join("\n").trim().to_owned()
}

/// All lines in one.
pub fn joined(attributes: &[Attribute]) -> Option<Text> {
    join(
        lines(attributes)
            .into_iter()
            .filter(|(line, _)| !line.is_empty()),
    )
}

/// The first paragraph in one line.
pub fn first_paragraph(attributes: &[Attribute]) -> Option<Text> {
    join(
        lines(attributes)
            .into_iter()
            .skip_while(|(line, _)| line.is_empty())
            .take_while(|(line, _)| !line.is_empty()),
    )
}

fn join(lines: impl Iterator<Item = (String, Span)>) -> Option<Text> {
    lines
        .map(|(value, span)| Text { value, span })
        .reduce(|all, line| Text {
            value: format!("{} {}", all.value, line.value),
            span: all.span,
        })
}
