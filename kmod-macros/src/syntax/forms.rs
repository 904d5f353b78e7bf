// SPDX-License-Identifier: GPL-2.0-only
//! The forms that values have: strings, numbers, lists, ranges.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprPath, ExprRange, Lit, LitInt, LitStr, RangeLimits, UnOp};

use crate::errors::{Errors, closest};
use crate::syntax::args::{Args, Entry, Value};
use crate::syntax::{Number, Range, Text, Word};

impl Args {
    /// The string of a key.
    pub fn text(&mut self, key: &str, errors: &mut Errors) -> Option<Text> {
        let (entry, value) = self.expr(key, "a string", errors)?;
        match literal(&value) {
            Some(Lit::Str(string)) => Some(text(string)),
            _ => {
                entry.wrong(&value, "a string", errors);
                None
            }
        }
    }

    /// The strings of a key.
    pub fn texts(&mut self, key: &str, errors: &mut Errors) -> Vec<Text> {
        let Some((entry, value)) = self.expr(key, "a list of strings", errors) else {
            return Vec::new();
        };
        let Expr::Array(array) = &value else {
            match literal(&value) {
                Some(Lit::Str(string)) => errors.on(
                    &value,
                    format!("`{}` takes a list of strings", entry.key),
                    format!("write `{} = [{}]`", entry.key, string.token()),
                ),
                _ => entry.wrong(&value, "a list of strings", errors),
            }
            return Vec::new();
        };
        let mut texts = Vec::new();
        for element in &array.elems {
            match literal(element) {
                Some(Lit::Str(string)) => texts.push(text(string)),
                _ => entry.wrong(element, "a list of strings", errors),
            }
        }
        texts
    }

    /// The number of a key.
    pub fn number(&mut self, key: &str, errors: &mut Errors) -> Option<Number> {
        let (entry, value) = self.expr(key, "a number", errors)?;
        number(&entry, &value, errors)
    }

    /// The number of a key, or else the name of what has it.
    pub fn number_or_name(
        &mut self,
        key: &str,
        errors: &mut Errors,
    ) -> Option<Result<Number, Ident>> {
        let (entry, value) = self.expr(key, "a number", errors)?;
        match strip(&value) {
            Expr::Path(path) if path.path.get_ident().is_some() => {
                path.path.get_ident().cloned().map(Err)
            }
            _ => number(&entry, &value, errors).map(Ok),
        }
    }

    /// The range of a key.
    pub fn range(&mut self, key: &str, errors: &mut Errors) -> Option<Range> {
        let (entry, value) = self.expr(key, "a range", errors)?;
        let Expr::Range(range) = strip(&value) else {
            entry.wrong(&value, "a range", errors);
            return None;
        };
        inclusive(range, &value, &entry, errors)
    }

    /// The word of a key that takes one of some.
    pub fn word(&mut self, key: &str, words: &[&'static str], errors: &mut Errors) -> Option<Word> {
        let (entry, value) = self.expr(key, "a word", errors)?;
        let written = match (strip(&value), literal(&value)) {
            (Expr::Path(path), _) => path.path.get_ident().map(ToString::to_string),
            (_, Some(Lit::Str(string))) => Some(string.value()),
            _ => None,
        };
        let written = written.unwrap_or_default();
        let quoted = literal(&value).is_some();
        match words.iter().find(|word| **word == written) {
            Some(word) if !quoted => {
                return Some(Word {
                    value: word,
                    span: value.span(),
                });
            }
            Some(word) => errors.on(
                &value,
                format!("`{}` takes a word, without quotes", entry.key),
                format!("write `{} = {word}`", entry.key),
            ),
            None => {
                let rule = format!("`{}` takes {}", entry.key, or(words));
                match closest(&written, words.iter().copied()) {
                    Some(word) => errors.on(&value, rule, format!("did you mean `{word}`?")),
                    None => errors.on(&value, rule, format!("write `{}`", entry.example)),
                }
            }
        }
        None
    }

    /// What a key names, as `what` says.
    pub fn path(&mut self, key: &str, what: &str, errors: &mut Errors) -> Option<ExprPath> {
        let (entry, value) = self.expr(key, what, errors)?;
        let Expr::Path(path) = strip(&value) else {
            entry.wrong(&value, what, errors);
            return None;
        };
        named(path, errors).then(|| path.clone())
    }

    /// The word of a key, whatever it is.
    pub fn ident(&mut self, key: &str, errors: &mut Errors) -> Option<Ident> {
        let (entry, value) = self.expr(key, "a word", errors)?;
        match strip(&value) {
            Expr::Path(path) if path.path.get_ident().is_some() => path.path.get_ident().cloned(),
            _ => {
                entry.wrong(&value, "a word", errors);
                None
            }
        }
    }

    /// The truth of a key.
    pub fn truth(&mut self, key: &str, errors: &mut Errors) -> Option<bool> {
        let (entry, value) = self.expr(key, "`true` or `false`", errors)?;
        match literal(&value) {
            Some(Lit::Bool(truth)) => Some(truth.value),
            _ => {
                entry.wrong(&value, "`true` or `false`", errors);
                None
            }
        }
    }

    /// The function of a key.
    pub fn function(&mut self, key: &str, errors: &mut Errors) -> Option<Expr> {
        let (entry, value) = self.expr(key, "a function", errors)?;
        match strip(&value) {
            Expr::Path(path) => named(path, errors).then_some(value),
            Expr::Closure(_) => Some(value),
            Expr::Call(call) => {
                errors.on(
                    &value,
                    format!("`{}` takes a function, not what it returns", entry.key),
                    format!("write `{} = {}`", entry.key, call.func.to_token_stream()),
                );
                None
            }
            _ => {
                entry.wrong(&value, "a function", errors);
                None
            }
        }
    }

    pub fn expr(&mut self, key: &str, what: &str, errors: &mut Errors) -> Option<(Entry, Expr)> {
        let entry = self.take(key)?;
        let Value::Is(tokens) = &entry.value else {
            return None;
        };
        match syn::parse2::<Expr>(tokens.clone()) {
            Ok(value) => Some((entry, value)),
            Err(_) => {
                entry.wrong(tokens, what, errors);
                None
            }
        }
    }
}

fn number(entry: &Entry, value: &Expr, errors: &mut Errors) -> Option<Number> {
    if let Some(Lit::Int(int)) = literal(value)
        && let Ok(number) = int.base10_parse::<u128>()
    {
        return Some(Number {
            value: number,
            written: int.token().to_string(),
            span: int.span(),
        });
    }
    entry.wrong(value, "a number", errors);
    None
}

/// Whether a function can have this name.
fn named(path: &ExprPath, errors: &mut Errors) -> bool {
    let first = path.path.segments.first();
    let by_self = first.is_some_and(|first| first.ident == "Self");
    if by_self {
        errors.on(
            path,
            "`Self` stands for no type in an attribute",
            "write the struct's name instead of `Self`",
        );
    }
    !by_self
}

impl Entry {
    pub fn wrong(&self, value: impl ToTokens, what: &str, errors: &mut Errors) {
        errors.on(
            value,
            format!("`{}` takes {what}", self.key),
            format!("write `{}`", self.example),
        );
    }
}

/// "`a`, `b` or `c`".
fn or(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// Makes both ends belong to the range.
fn inclusive(
    range: &ExprRange,
    written: &Expr,
    entry: &Entry,
    errors: &mut Errors,
) -> Option<Range> {
    let min = range.start.as_deref().cloned();
    let max = match (&range.limits, range.end.as_deref()) {
        (RangeLimits::Closed(_), Some(end)) => Some(end.clone()),
        (RangeLimits::HalfOpen(_), Some(end)) => match int_value(end) {
            Some(value) => Some(int_expr(value - 1, end)),
            None => {
                errors.on(
                    written,
                    format!("the last value of `{}` must be named", entry.key),
                    format!("write `{}`", entry.example),
                );
                return None;
            }
        },
        (_, None) => None,
    };
    Some(Range {
        min,
        max,
        expr: written.clone(),
    })
}

fn int_expr(value: i128, at: &Expr) -> Expr {
    let mut literal = Literal::i128_unsuffixed(value);
    if value < 0 {
        literal = Literal::u128_unsuffixed(value.unsigned_abs());
    }
    literal.set_span(at.span());
    let int = Expr::Lit(ExprLit {
        attrs: Vec::new(),
        lit: Lit::Int(LitInt::from(literal)),
    });
    if value < 0 {
        syn::parse_quote!(-#int)
    } else {
        int
    }
}

/// An expression without the groups around it that nobody sees.
pub fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(group) => strip(&group.expr),
        Expr::Paren(paren) => strip(&paren.expr),
        other => other,
    }
}

/// The literal that an expression is.
pub fn literal(expr: &Expr) -> Option<&Lit> {
    match strip(expr) {
        Expr::Lit(literal) => Some(&literal.lit),
        _ => None,
    }
}

/// The integer that an expression is, if that can be seen without computing.
pub fn int_value(expr: &Expr) -> Option<i128> {
    match strip(expr) {
        Expr::Lit(ExprLit {
            lit: Lit::Int(int), ..
        }) => int.base10_parse().ok(),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            int_value(&unary.expr).and_then(i128::checked_neg)
        }
        _ => None,
    }
}

/// The string of a literal, with its place.
pub fn text(string: &LitStr) -> Text {
    Text {
        value: string.value(),
        span: string.span(),
    }
}

/// The name of a field or parameter, for the kernel.
pub fn name_of(ident: &Ident) -> Text {
    Text {
        value: syn::ext::IdentExt::unraw(ident).to_string(),
        span: ident.span(),
    }
}

/// The tokens in the parentheses of an attribute; none for `#[attribute]`.
pub fn attribute_args(attribute: &syn::Attribute, errors: &mut Errors) -> TokenStream {
    match &attribute.meta {
        syn::Meta::Path(_) => TokenStream::new(),
        syn::Meta::List(list) => list.tokens.clone(),
        syn::Meta::NameValue(value) => {
            errors.on(
                value,
                "an attribute's keys stand in parentheses",
                format!("write `#[{}(…)]`", value.path.to_token_stream()),
            );
            TokenStream::new()
        }
    }
}
