// SPDX-License-Identifier: GPL-2.0-only
//! What holds of every use of an attribute, whatever stands in it.
//!
//! What must be found in an expansion is taken from the input by syn alone, not by our parser.

use std::collections::HashSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Attribute, ImplItem, Item, ItemImpl, ItemStruct, Lit, Meta};

use crate::{attributes, objects};

/// The derive, among the attributes.
pub const DERIVE: &str = "ParamEnum";

/// A use of an attribute.
#[derive(Clone)]
pub struct Use {
    /// The attribute.
    pub attribute: &'static str,
    /// What stands in its parentheses.
    pub args: TokenStream,
    /// What it stands on.
    pub item: TokenStream,
}

impl Use {
    /// Expands it.
    pub fn expand(&self) -> TokenStream {
        let krate = quote!(::kmod_core);
        let (args, item) = (self.args.clone(), self.item.clone());
        match self.attribute {
            "kernel_module" => attributes::kernel_module(args, item, &krate),
            "file_operations" => attributes::file_operations(args, item, &krate),
            "ioctl" => attributes::ioctl(args, item, &krate),
            "uapi" => attributes::uapi(args, item, &krate),
            DERIVE => attributes::param_enum(item, &krate),
            other => attributes::misplaced(other, item),
        }
    }

    /// Expands it, and says what is wrong with the expansion.
    pub fn check(&self) -> Result<(), String> {
        self.judge(&self.expand())
    }

    /// What is wrong with an expansion of it.
    pub fn judge(&self, expansion: &TokenStream) -> Result<(), String> {
        let errors = errors(expansion);
        let text = squeezed(expansion);
        if self.attribute == DERIVE {
            return derived(&self.item, &text, errors);
        }
        let Ok(item) = syn::parse2::<Item>(self.item.clone()) else {
            return echoed(&text, &self.item, errors);
        };
        let parts = match (self.attribute, &item) {
            // syn reads a field called `_`; the compiler refuses it before any macro sees it.
            (_, Item::Struct(item)) if item.fields.iter().any(is_underscore) => return Ok(()),
            ("kernel_module", Item::Struct(item)) => {
                if syn::parse2::<syn::File>(expansion.clone()).is_err() {
                    return Err("the expansion is no Rust".to_owned());
                }
                // Of a struct that cannot be a module, only itself is emitted.
                if !item.generics.params.is_empty() || item.generics.where_clause.is_some() {
                    return echoed(&text, &item.ident, errors);
                }
                module(&self.args, item, &text)
            }
            ("file_operations", Item::Impl(item)) => operations(item),
            // What becomes of a command's name is for the goldens to show.
            ("ioctl" | "uapi", Item::Enum(item)) => names([&item.ident].into_iter()),
            ("uapi", Item::Struct(item)) => {
                names(item.fields.iter().filter_map(|field| field.ident.as_ref()))
            }
            // It comes back as it was read, or as it was written.
            (_, item) => {
                return echoed(&text, &self.item, errors).or_else(|_| echoed(&text, item, errors));
            }
        };
        let dropped: Vec<_> = parts.iter().filter(|part| !part.is_in(&text)).collect();
        if dropped.len() > errors {
            let names: Vec<&str> = dropped.iter().map(|part| &*part.name).collect();
            return Err(format!("{errors} reports for what was dropped: {names:?}"));
        }
        match errors {
            0 if self.attribute != "ioctl" => values(&self.args, &item, expansion),
            _ => Ok(()),
        }
    }
}

fn is_underscore(field: &syn::Field) -> bool {
    field.ident.as_ref().is_some_and(|ident| ident == "_")
}

/// What an expansion holds, or somebody was told why not.
struct Part {
    name: String,
    evidence: Vec<String>,
}

impl Part {
    fn is_in(&self, text: &str) -> bool {
        self.evidence.iter().all(|evidence| text.contains(evidence))
    }
}

/// The tokens without the space between them.
fn squeezed(tokens: impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    text.retain(|c| !c.is_whitespace());
    text
}

fn errors(tokens: &TokenStream) -> usize {
    let trees = tokens.clone().into_iter();
    trees
        .map(|tree| match tree {
            TokenTree::Ident(ident) if ident == "compile_error" => 1,
            TokenTree::Group(group) => errors(&group.stream()),
            _ => 0,
        })
        .sum()
}

/// A derive leaves its item to the compiler: either all variants are in what stands beside it, or
/// something is reported.
fn derived(item: &TokenStream, text: &str, errors: usize) -> Result<(), String> {
    let all = match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Enum(item)) => item
            .variants
            .iter()
            .all(|variant| text.contains(&format!("Self::{}", variant.ident))),
        _ => false,
    };
    if errors == 0 && !all {
        return Err("it is not reported".to_owned());
    }
    Ok(())
}

/// An item that cannot be under the attribute is reported and left as it is.
fn echoed(text: &str, item: impl ToTokens, errors: usize) -> Result<(), String> {
    if errors == 0 {
        return Err("it is not reported".to_owned());
    }
    if !text.contains(&squeezed(&item)) {
        return Err("the item was dropped".to_owned());
    }
    Ok(())
}

/// The entries between commas.
fn entries(tokens: &TokenStream) -> Vec<Vec<TokenTree>> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(p) if p.as_char() == ',');
    let parts = trees.split(is_comma).filter(|part| !part.is_empty());
    parts.map(<[TokenTree]>::to_vec).collect()
}

/// The evidence that the keys of an attribute were taken.
fn keys(attribute: &str, tokens: &TokenStream) -> Vec<String> {
    let keys = entries(tokens).into_iter();
    keys.map(|entry| format!("::keys::{attribute}::{}", entry[0]))
        .collect()
}

fn module(args: &TokenStream, item: &ItemStruct, text: &str) -> Vec<Part> {
    // Then a whole list was refused, by one report.
    let twice = text.contains("`params`isgiventwice");
    let mut parts = Vec::new();
    for entry in entries(args) {
        parts.push(Part {
            name: format!("the key `{}`", entry[0]),
            evidence: vec![format!("::keys::kernel_module::{}", entry[0])],
        });
        if let [TokenTree::Ident(key), TokenTree::Group(list)] = &*entry
            && key == "params"
            && list.delimiter() == Delimiter::Parenthesis
            && !twice
        {
            parts.extend(entries(&list.stream()).iter().map(|entry| param(entry)));
        }
    }
    parts.push(Part {
        name: "the struct".to_owned(),
        evidence: vec![format!("struct{}", item.ident)],
    });
    for attribute in &item.attrs {
        parts.push(foreign(attribute));
    }
    for field in &item.fields {
        let (vis, ident, ty) = (&field.vis, &field.ident, &field.ty);
        let colon = ident.as_ref().map(|_| quote!(:));
        parts.push(Part {
            name: "a field".to_owned(),
            evidence: vec![squeezed(quote!(#vis #ident #colon)), squeezed(ty)],
        });
        for attribute in &field.attrs {
            let path = attribute.path();
            let ours = objects::names().find(|name| path.is_ident(name));
            parts.push(match (ours, ident) {
                (Some(name), Some(ident)) => object(name, ident, attribute),
                _ => foreign(attribute),
            });
        }
    }
    parts
}

fn foreign(attribute: &Attribute) -> Part {
    Part {
        name: "an attribute".to_owned(),
        evidence: vec![squeezed(attribute)],
    }
}

fn object(name: &str, ident: &syn::Ident, attribute: &Attribute) -> Part {
    let mut evidence = vec![format!("for__kmod_{}{{", ident.unraw())];
    if let Meta::List(list) = &attribute.meta {
        evidence.extend(keys(name, &list.tokens));
    }
    Part {
        name: format!("`#[{name}]` of `{ident}`"),
        evidence,
    }
}

fn param(entry: &[TokenTree]) -> Part {
    let mut evidence = Vec::new();
    let mut rest = entry;
    while let [TokenTree::Punct(_), TokenTree::Group(group), others @ ..] = rest {
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        if let [TokenTree::Ident(name), TokenTree::Group(list)] = &*inner
            && name == "param"
        {
            evidence.extend(keys("param", &list.stream()));
        }
        rest = others;
    }
    let name = rest.first().map(ToString::to_string).unwrap_or_default();
    evidence.push(format!("pubfn{name}("));
    Part {
        name: format!("the parameter `{name}`"),
        evidence,
    }
}

fn names<'a>(idents: impl Iterator<Item = &'a syn::Ident>) -> Vec<Part> {
    let names = idents.map(ToString::to_string);
    names
        .map(|name| Part {
            evidence: vec![name.clone()],
            name,
        })
        .collect()
}

fn operations(item: &ItemImpl) -> Vec<Part> {
    let (ty, attrs) = (&item.self_ty, &item.attrs);
    let items = item.items.iter().map(|item| match item {
        // A signature may be completed.
        ImplItem::Fn(function) => {
            let evidence = vec![
                format!("fn{}", function.sig.ident),
                squeezed(&function.block),
            ];
            (squeezed(&function.sig), evidence)
        }
        other => (squeezed(other), vec![squeezed(other)]),
    });
    let attrs = attrs.iter().map(squeezed);
    let whole = attrs.chain([squeezed(quote!(for #ty))]);
    items
        .chain(whole.map(|text| (text.clone(), vec![text])))
        .map(|(name, evidence)| Part { name, evidence })
        .collect()
}

/// Of what was accepted, the values are in the expansion, too: integers as they are (or, as the
/// end of `a..b`, one less), strings whole, or a path's parts.
fn values(args: &TokenStream, item: &Item, expansion: &TokenStream) -> Result<(), String> {
    let mut given = Vec::new();
    literals(args, &mut given);
    if let Item::Struct(item) = item {
        for attribute in item.fields.iter().flat_map(|field| &field.attrs) {
            if let Meta::List(list) = &attribute.meta {
                literals(&list.tokens, &mut given);
            }
        }
    }
    let mut found = Vec::new();
    literals(expansion, &mut found);
    let found: HashSet<u128> = found.iter().filter_map(|(lit, _)| int(lit)).collect();
    let text = expansion.to_string();
    for (literal, is_behind) in given {
        let is_there = match &literal {
            Lit::Int(_) => int(&literal).is_some_and(|value| {
                found.contains(&value) || is_behind && (value == 0 || found.contains(&(value - 1)))
            }),
            Lit::Str(string) => {
                let value = string.value();
                // Assembly and C strings have escapes of their own, and `{}` is a minor's number.
                let is_plain = |part: &&str| {
                    part.chars().all(|c| {
                        matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '\'' | '{' | '}')
                    })
                };
                value
                    .split('/')
                    .filter(is_plain)
                    .all(|part| text.contains(part))
            }
            _ => true,
        };
        if !is_there {
            return Err(format!(
                "the value {} was dropped",
                literal.to_token_stream()
            ));
        }
    }
    Ok(())
}

fn int(literal: &Lit) -> Option<u128> {
    match literal {
        Lit::Int(int) => int.base10_parse().ok(),
        _ => None,
    }
}

/// The literals, each with whether it stands behind `..`.
fn literals(tokens: &TokenStream, found: &mut Vec<(Lit, bool)>) {
    let mut before = String::new();
    for tree in tokens.clone() {
        let punct = matches!(tree, TokenTree::Punct(_));
        match tree {
            TokenTree::Literal(literal) => {
                found.push((Lit::new(literal), before.trim_end_matches('-') == ".."));
            }
            TokenTree::Group(group) => literals(&group.stream(), found),
            TokenTree::Punct(punct) => before.push(punct.as_char()),
            TokenTree::Ident(_) => {}
        }
        if !punct {
            before.clear();
        }
    }
}
