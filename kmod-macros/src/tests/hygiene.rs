// SPDX-License-Identifier: GPL-2.0-only
//! What all expansions keep to, on all goldens: absolute paths, no algorithm, and `unsafe` only
//! where the contract with `kmod-core` is.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Local, Pat, PatType, Type, UnOp};

/// The inputs and what they become.
fn goldens() -> Vec<(String, TokenStream, TokenStream)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens");
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let files = entries.map(|entry| entry.expect("the folder can be read").path());
    let inputs = files.filter(|path| !path.to_string_lossy().ends_with(".expanded.rs"));
    inputs
        .map(|path| {
            let source = fs::read_to_string(&path).expect("the input can be read");
            let input = source.parse().expect("the input is tokens");
            (path.display().to_string(), input, super::expand(&source))
        })
        .collect()
}

/// All streams of one, itself first.
fn streams(stream: TokenStream) -> Vec<Vec<TokenTree>> {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let inner = trees.iter().filter_map(|tree| match tree {
        TokenTree::Group(group) => Some(streams(group.stream())),
        _ => None,
    });
    let inner: Vec<_> = inner.flatten().collect();
    [vec![trees], inner].concat()
}

/// The paths of more than one part, as they are written: `::core::mem::size_of`.
fn paths(trees: &[TokenTree]) -> Vec<String> {
    let is_colon = |tree: Option<&TokenTree>, spacing: Option<Spacing>| {
        matches!(tree, Some(TokenTree::Punct(punct))
            if punct.as_char() == ':' && spacing.is_none_or(|spacing| punct.spacing() == spacing))
    };
    let mut paths = vec![String::new()];
    let mut rest = trees;
    while let [tree, others @ ..] = rest {
        rest = others;
        let text = tree.to_string();
        let path = paths.last_mut().expect("one is begun");
        if is_colon(Some(tree), Some(Spacing::Joint)) && is_colon(others.first(), None) {
            *path += "::";
            rest = &others[1..];
        } else if matches!(tree, TokenTree::Ident(_)) && is_name(&text) {
            if path.ends_with("::") {
                *path += &text;
            } else {
                paths.push(text);
            }
        } else {
            // A path behind `>` belongs to a type.
            paths.push(if text == ">" { "<>" } else { "" }.to_owned());
        }
    }
    paths.retain(|path| path.contains("::"));
    paths
}

/// Not `impl`, `for`, `as` and the like.
fn is_name(word: &str) -> bool {
    matches!(word, "Self" | "self" | "super" | "crate")
        || syn::parse_str::<syn::Ident>(word).is_ok()
}

fn words(stream: TokenStream) -> HashSet<String> {
    streams(stream)
        .into_iter()
        .flatten()
        .map(|tree| tree.to_string())
        .collect()
}

#[test]
fn generated_paths_are_absolute() {
    for (golden, input, expansion) in goldens() {
        let words = words(input.clone());
        let users: HashSet<String> = streams(input)
            .iter()
            .flat_map(|trees| paths(trees))
            .collect();
        for path in streams(expansion).iter().flat_map(|trees| paths(trees)) {
            let is_absolute = ["::kmod_core::", "::core::", "Self::", "<>::"]
                .iter()
                .any(|start| path.starts_with(start));
            // `Type::ITEM`, of a type of the user's.
            let first = path.split("::").next().unwrap_or_default();
            let is_users = users.contains(&path) || words.contains(first);
            // In a module of the expansion itself.
            let is_own = first.starts_with("__kmod_");
            assert!(is_absolute || is_users || is_own, "{golden}: {path}");
        }
    }
}

#[test]
fn paths_are_seen() {
    let of = |source: &str| {
        let trees: Vec<TokenTree> = source
            .parse::<TokenStream>()
            .expect("tokens")
            .into_iter()
            .collect();
        paths(&trees)
    };
    assert_eq!(of("a: core::x::Y = ::core::z"), ["core::x::Y", "::core::z"]);
    assert_eq!(of("<T as A>::B, c"), ["<>::B"]);
}

/// Finds what an algorithm is made of: decisions, repetition, arithmetic, variables.
struct Algorithms {
    /// The input without space: what is there is the user's.
    input: String,
    found: Vec<String>,
}

impl Algorithms {
    fn of(input: TokenStream, expansion: TokenStream) -> Vec<String> {
        let mut algorithms = Self {
            input: squeezed(input),
            found: Vec::new(),
        };
        let file = syn::parse2(expansion).expect("the expansion is Rust");
        algorithms.visit_file(&file);
        algorithms.found
    }

    /// Values, calls and places; a `match` on one of them, which says which handler takes an ioctl,
    /// or which value a word stands for; and where a layout is checked, a sum.
    fn is_plain(expr: &Expr) -> bool {
        match expr {
            Expr::Array(_)
            | Expr::Block(_)
            | Expr::Call(_)
            | Expr::Closure(_)
            | Expr::Const(_)
            | Expr::Field(_)
            | Expr::Lit(_)
            | Expr::Macro(_)
            | Expr::MethodCall(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::RawAddr(_)
            | Expr::Reference(_)
            | Expr::Struct(_)
            | Expr::Tuple(_)
            | Expr::Unsafe(_) => true,
            Expr::Match(expr) => {
                let arms = expr.arms.iter();
                let mut simple = arms.map(|arm| arm.guard.is_none() && !is_block(&arm.body));
                simple.all(|simple| simple)
            }
            // `_ => return Err(…)`
            Expr::Return(expr) => expr.expr.as_deref().is_some_and(Self::is_plain),
            Expr::Unary(expr) => matches!(expr.op, UnOp::Deref(_)),
            Expr::Binary(expr) => {
                matches!(expr.op, BinOp::Add(_)) && is_macro(&expr.left, "offset_of")
            }
            _ => false,
        }
    }
}

fn is_block(expr: &Expr) -> bool {
    matches!(expr, Expr::Block(_))
}

fn is_macro(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Macro(expr) if expr.mac.path.segments.last().is_some_and(|last| last.ident == name))
}

fn squeezed(tokens: impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    text.retain(|c| !c.is_whitespace());
    text
}

impl<'ast> Visit<'ast> for Algorithms {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let text = squeezed(expr);
        if self.input.contains(&text) {
            return;
        }
        if !Self::is_plain(expr) {
            self.found.push(text);
        }
        visit::visit_expr(self, expr);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        if !self.input.contains(&squeezed(block)) {
            visit::visit_block(self, block);
        }
    }

    fn visit_local(&mut self, local: &'ast Local) {
        // A function that is made one of a type is no variable.
        let is_function = |ty: &PatType| matches!(*ty.ty, Type::BareFn(_));
        if !matches!(&local.pat, Pat::Type(ty) if is_function(ty)) {
            self.found.push(squeezed(local));
        }
        visit::visit_local(self, local);
    }
}

#[test]
fn expansions_hold_no_algorithm() {
    for (golden, input, expansion) in goldens() {
        // What is refused gets a body that says nothing more.
        if !golden.ends_with("mistakes.rs") {
            let found = Algorithms::of(input, expansion);
            assert!(found.is_empty(), "{golden}: {found:?}");
        }
    }
}

#[test]
fn algorithms_are_seen() {
    for body in [
        "if a { 1 } else { 2 }",
        "match a { 1 if b => 1, _ => 2 }",
        "match a { 1 => { b() } _ => 2 }",
        "while a() {}",
        "loop {}",
        "for a in b {}",
        "a + 1",
        "call(|a| a + 1)",
        "a[1]",
        "-a",
        "a = 1",
        "a()?",
        "{ let a = b(); a }",
        "async { a }",
    ] {
        let code = format!("fn f() {{ {body} }}").parse().expect("tokens");
        assert!(
            !Algorithms::of(TokenStream::new(), code).is_empty(),
            "{body}"
        );
    }
}

#[test]
fn unsafe_stands_only_where_the_loader_comes_in() {
    for (golden, input, expansion) in goldens() {
        assert!(!words(input).contains("unsafe"), "{golden}");
        let mut blocks = 0;
        for trees in streams(expansion.clone()) {
            for pair in trees
                .windows(2)
                .filter(|pair| pair[0].to_string() == "unsafe")
            {
                match &pair[1] {
                    // `unsafe impl Module`, `unsafe fn()` as a type.
                    TokenTree::Ident(ident) if ident == "impl" || ident == "fn" => {}
                    // `#[unsafe(no_mangle)]`
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {}
                    _ => blocks += 1,
                }
            }
        }
        let is_module = words(expansion).contains("init_module");
        assert_eq!(blocks, if is_module { 2 } else { 0 }, "{golden}");
    }
}
