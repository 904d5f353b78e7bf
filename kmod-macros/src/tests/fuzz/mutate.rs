// SPDX-License-Identifier: GPL-2.0-only
//! Token streams out of others.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// The most trees of one level: mutations do not grow without end.
const WIDTH: usize = 400;

/// Numbers that somebody chose, and behind them those that a seed determines (splitmix64).
pub struct Random<'a> {
    chosen: &'a [u8],
    state: u64,
}

impl<'a> Random<'a> {
    /// Chance.
    pub fn seeded(seed: u64) -> Self {
        Self {
            chosen: &[],
            state: seed,
        }
    }

    /// Choices, two bytes each.
    pub fn chosen(bytes: &'a [u8]) -> Self {
        Self {
            chosen: bytes,
            state: 0,
        }
    }

    fn next(&mut self) -> u64 {
        if let Some((choice, rest)) = self.chosen.split_first_chunk() {
            self.chosen = rest;
            return u16::from_le_bytes(*choice).into();
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    /// One of some.
    pub fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// What mutations put in: all trees of the corpus, and some that nobody would write.
pub struct Pool(Vec<TokenTree>);

impl Pool {
    /// All trees of some streams.
    pub fn new<'a>(streams: impl Iterator<Item = &'a TokenStream>) -> Self {
        let odd = quote! {
            , , , = = # ! & 'a -> .. ..= ; : :: < > ? $ | @ - * + _ 0 -1 0o777 0xffff_ffff
            340282366920938463463374607431768211455 1.5 1e9 "" "\0" "a/b" b"x" c"x" 'c' b'c' true
            r#type self Self super crate () [] {} #[cfg(test)] #[doc = "d"] #[doc] #[param] #[param()]
            name license params range perm mode path magic minors unsafe where pub(crate) loop
            "\u{fc}" ümlaut i128 String &'static str
        };
        let mut pool = Vec::new();
        collect(&odd, &mut pool);
        for stream in streams {
            collect(stream, &mut pool);
        }
        Self(pool)
    }
}

fn collect(stream: &TokenStream, pool: &mut Vec<TokenTree>) {
    for tree in stream.clone() {
        if let TokenTree::Group(group) = &tree {
            collect(&group.stream(), pool);
        }
        pool.push(tree);
    }
}

/// A stream with one change somewhere.
pub fn mutated(stream: &TokenStream, pool: &Pool, random: &mut Random<'_>) -> TokenStream {
    let mut trees: Vec<TokenTree> = stream.clone().into_iter().collect();
    let groups: Vec<usize> = (0..trees.len())
        .filter(|index| matches!(&trees[*index], TokenTree::Group(_)))
        .collect();
    if !groups.is_empty() && random.below(4) > 0 {
        let index = *random.of(&groups);
        if let TokenTree::Group(group) = &trees[index] {
            let inner = mutated(&group.stream(), pool, random);
            trees[index] = regrouped(group, group.delimiter(), inner);
        }
        return trees.into_iter().collect();
    }
    let index = random.below(trees.len() + 1);
    let new = random.of(&pool.0).clone();
    if index == trees.len() {
        trees.push(new);
        return trees.into_iter().collect();
    }
    let other = random.below(trees.len());
    match random.below(8) {
        0 => drop(trees.remove(index)),
        1 => trees.insert(index, trees[index].clone()),
        2 => trees.swap(index, other),
        3 => trees.truncate(index),
        4 => trees.insert(index, new),
        5 => {
            // A run, once more.
            let (from, to) = (index.min(other), index.max(other));
            let run = trees[from..to].to_vec();
            if trees.len() < WIDTH {
                trees.splice(to..to, run);
            }
        }
        6 => {
            if let TokenTree::Group(group) = &trees[index] {
                let delimiters = [
                    Delimiter::Parenthesis,
                    Delimiter::Brace,
                    Delimiter::Bracket,
                    Delimiter::None,
                ];
                trees[index] = regrouped(group, *random.of(&delimiters), group.stream());
            }
        }
        _ => trees[index] = new,
    }
    trees.into_iter().collect()
}

fn regrouped(group: &Group, delimiter: Delimiter, stream: TokenStream) -> TokenTree {
    let mut new = Group::new(delimiter, stream);
    new.set_span(group.span());
    new.into()
}

/// A stream of nothing but chance.
pub fn random(pool: &Pool, random: &mut Random<'_>) -> TokenStream {
    (0..random.below(20))
        .map(|_| random.of(&pool.0).clone())
        .collect()
}
