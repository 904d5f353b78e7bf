// SPDX-License-Identifier: GPL-2.0-only
//! A large module costs what its parts cost.
//!
//! `cargo test --profile optimised -p kmod-macros growth -- --nocapture` shows the times.

use std::time::Instant;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::{NONE, messages};

fn tokens(stream: TokenStream) -> usize {
    let trees = stream.into_iter();
    trees
        .map(|tree| match tree {
            TokenTree::Group(group) => 2 + tokens(group.stream()),
            _ => 1,
        })
        .sum()
}

/// The tokens of the expansion of a module with so many parameters and sysctls, and a quarter as
/// many devices.
fn expansion(count: usize) -> usize {
    let params: String = (0..count).map(|n| format!("p{n}: u32 = 1,")).collect();
    let sysctls: String = (0..count)
        .map(|n| format!("#[sysctl(path = \"a/b{n}\")] b{n}: AtomicU32,"))
        .collect();
    let devices: String = (0..count / 4)
        .map(|n| format!("#[chrdev] c{n}: C,"))
        .collect();
    let args = format!("name = \"t\", license = \"GPL\", params({params})");
    let item = format!("struct T {{ {sysctls} {devices} }}");
    let read = |source: String| source.parse::<TokenStream>().expect("it is tokens");
    let (args, item) = (read(args), read(item));
    let start = Instant::now();
    let expansion = crate::attributes::kernel_module(args, item, &quote!(::kmod_core));
    let took = start.elapsed();
    assert_eq!(messages(expansion.clone()), NONE);
    let tokens = tokens(expansion);
    println!(
        "{count} parameters, {count} sysctls, {} devices: {tokens} tokens in {took:?}",
        count / 4
    );
    tokens
}

#[test]
fn each_part_takes_the_same_tokens_however_many_there_are() {
    let [small, double, large, largest] = [32, 64, 128, 256].map(expansion);
    // Not one more: time is not asserted, for it depends on what else the machine does.
    assert_eq!(large - double, 2 * (double - small));
    assert_eq!(largest - large, 2 * (large - double));
}
