// SPDX-License-Identifier: GPL-2.0-only
//! The mistakes of one use of an attribute, reported together.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// What was found so far.
#[derive(Default)]
#[must_use = "mistakes that are not reported are accepted"]
pub struct Errors(Vec<syn::Error>);

impl Errors {
    /// Reports a mistake at a token: the rule, then how to mend it.
    pub fn at(&mut self, span: Span, rule: impl Display, help: impl Display) {
        self.0.push(syn::Error::new(span, message(rule, help)));
    }

    /// Reports a mistake at all of some tokens.
    pub fn on(&mut self, tokens: impl ToTokens, rule: impl Display, help: impl Display) {
        self.0
            .push(syn::Error::new_spanned(tokens, message(rule, help)));
    }

    /// How many there are; more than before means that something between was refused.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// What tells the compiler.
    pub fn into_tokens(self) -> TokenStream {
        self.0
            .iter()
            .map(syn::Error::to_compile_error)
            .collect::<TokenStream>()
    }
}

fn message(rule: impl Display, help: impl Display) -> String {
    format!("{rule}\n= help: {help}")
}

/// The candidate that was probably meant.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates).first().copied()
}

/// The candidates that may have been meant, the likeliest first.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<_> = candidates
        .into_iter()
        .map(|candidate| {
            let distance =
                strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// "`a`, `b` and `c`".
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    joined("and", words)
}

/// "`a`, `b` or `c`".
pub fn any_of<W: Display>(words: impl IntoIterator<Item = W>) -> String {
    joined("or", words)
}

fn joined<W: Display>(with: &str, words: impl IntoIterator<Item = W>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {with} {last}", first.join(", ")),
    }
}
