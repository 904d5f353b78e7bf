// SPDX-License-Identifier: GPL-2.0-only
//! The attributes' keys as documentation: tables for people, items for editors.
//!
//! Both are made of the tables that the parser reads. The tables stand in `lib.rs` and in
//! `docs/reference`, between two marks, and are held by a test. The items are
//! `kmod_core::__private::keys`: an expansion names the item of each key at the place where the
//! user wrote the key, so that an editor shows its documentation there.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::handlers::{HANDLERS, HandlerTrait, traits};
use crate::objects::ATTRIBUTES;
use crate::syntax::args::Key;
use crate::{c, ioctl, kernel_module, param_enum, params, registers};

/// What is said of an attribute.
pub struct Table {
    /// The attribute's name, or what a trait's handlers are called.
    pub attribute: &'static str,
    /// What it has.
    pub rows: Rows,
}

/// What an attribute has.
pub enum Rows {
    /// Keys, in its parentheses.
    Keys(&'static [Key]),
    /// Handlers, in the `impl` under it.
    Handlers(&'static HandlerTrait),
}

/// All attributes, in the order of their documentation.
pub fn tables() -> impl Iterator<Item = Table> {
    let keys = [
        ("kernel_module", kernel_module::parse::KEYS),
        ("param", params::parse::KEYS),
        ("ioctl", ioctl::parse::KEYS),
        ("param_enum", param_enum::KEYS),
        ("export", c::export::KEYS),
        ("registers", registers::KEYS),
        ("rw", registers::PLACE_KEYS),
    ];
    let traits = traits();
    let objects = ATTRIBUTES.iter();
    let keys = keys
        .into_iter()
        .chain(
            traits
                .clone()
                .filter(|of| of.attribute != HANDLERS)
                .map(|of| (of.attribute, of.keys)),
        )
        .chain(objects.map(|attribute| (attribute.name, attribute.keys)))
        .map(|(attribute, keys)| Table {
            attribute,
            rows: Rows::Keys(keys),
        });
    keys.chain(traits.map(|of| Table {
        attribute: of.documented_as,
        rows: Rows::Handlers(of),
    }))
}

impl Table {
    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        match self.rows {
            Rows::Keys(keys) => {
                let rows = keys.iter().map(|key| {
                    let Key {
                        example,
                        meaning,
                        default,
                        ..
                    } = key;
                    format!("`{example}` | {meaning} | {default}")
                });
                table("key | meaning | default", rows)
            }
            Rows::Handlers(of) => {
                let rows = of.handlers.iter().map(|handler| {
                    format!(
                        "`{}` | {} | {} | {}",
                        handler.name,
                        handler.caller,
                        handler.context.documented(),
                        handler.absent
                    )
                });
                table("handler | called by | context | when absent", rows)
            }
        }
    }

    /// The module with an item for each key.
    fn items(&self) -> Option<TokenStream> {
        let Rows::Keys(keys) = self.rows else {
            return None;
        };
        let name = format_ident!("{}", self.attribute);
        let doc = format!(
            "The keys of `#[{}]`.\n\n{}",
            self.attribute,
            self.markdown()
        );
        let keys = keys.iter().map(|key| {
            let ident = format_ident!("{}", key.name);
            let doc = format!(
                "`{}`: {}. Default: {}.",
                key.example, key.meaning, key.default
            );
            quote!(#[doc = #doc] pub const #ident: () = ();)
        });
        Some(quote! {
            #[doc = #doc]
            pub mod #name {
                #[doc = #doc]
                pub const ATTRIBUTE: () = ();
                #(#keys)*
            }
        })
    }
}

fn table(head: &str, rows: impl Iterator<Item = String>) -> String {
    let columns = head.split('|').map(|_| "---|");
    let mut markdown = format!("| {head} |\n|{}\n", columns.collect::<String>());
    for row in rows {
        let _ = writeln!(markdown, "| {row} |");
    }
    markdown
}

/// The items of all attributes.
pub fn items() -> TokenStream {
    tables().filter_map(|table| table.items()).collect()
}
