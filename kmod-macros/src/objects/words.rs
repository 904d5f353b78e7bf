// SPDX-License-Identifier: GPL-2.0-only
//! Lists of words that an attribute knows: `kinds(msi, intx)`.

use proc_macro2::{Span, TokenStream, TokenTree};

use crate::errors::{Errors, closest, listed};
use crate::syntax::args::{Args, Value, split_at_commas};

/// The words that a key's list is of.
pub struct Words {
    /// The key.
    pub key: &'static str,
    /// What one of them is.
    pub one: &'static str,
    /// The same, of what.
    pub of: &'static str,
    /// They.
    pub known: &'static [&'static str],
    /// What they are called elsewhere.
    pub also: &'static [(&'static str, &'static str)],
}

/// A list that is given.
pub struct Given {
    /// Its words.
    pub words: Vec<&'static str>,
    /// Where its key stands.
    pub span: Span,
}

impl Words {
    /// Reads the list, if it is given.
    pub fn parse(&self, args: &mut Args, errors: &mut Errors) -> Option<Given> {
        let entry = args.take(self.key)?;
        let Value::List(list) = &entry.value else {
            return None;
        };
        let before = errors.count();
        let mut words = Vec::new();
        for part in split_at_commas(list.stream(), errors) {
            let [TokenTree::Ident(written)] = part.as_slice() else {
                let tokens: TokenStream = part.into_iter().collect();
                entry.wrong(tokens, "words", errors);
                continue;
            };
            match self.known.iter().find(|known| written == *known) {
                Some(word) if words.contains(word) => errors.at(
                    written.span(),
                    format!("the {} `{word}` is given twice", self.one),
                    "leave one of them out",
                ),
                Some(word) => words.push(*word),
                None => {
                    let rule = format!("there is no {} `{written}`", self.of);
                    errors.at(written.span(), rule, self.meant(&written.to_string()));
                }
            }
        }
        if words.is_empty() && errors.count() == before {
            entry.wrong(list, "words, one at least", errors);
        }
        Some(Given {
            words,
            span: entry.key.span(),
        })
    }

    /// What to write instead of this.
    fn meant(&self, written: &str) -> String {
        let written = written.to_lowercase();
        let also = self.also.iter().find(|(also, _)| *also == written);
        let known = self.known.iter().copied();
        match closest(also.map_or(written.as_str(), |(_, word)| word), known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!(
                "the {}s are {}",
                self.one,
                listed(self.known.iter().copied())
            ),
        }
    }
}
