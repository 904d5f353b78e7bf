// SPDX-License-Identifier: GPL-2.0-only
//! An attribute of somebody else's that changes the item it stands on.

use proc_macro::TokenStream;

/// `#[swap(u64 => u32)]` puts one text in the place of another, wherever that stands in the item.
///
/// # Panics
/// Without a `=>`, or if what comes out cannot be read.
#[proc_macro_attribute]
pub fn swap(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = args.to_string();
    let (from, to) = args.split_once("=>").expect("`from => to`");
    let item = item.to_string().replace(from.trim(), to.trim());
    item.parse().expect("an item")
}
