// SPDX-License-Identifier: GPL-2.0-only
//! Linux kernel modules in safe Rust: the attributes.

mod printk;

/// What `pr_info!` and its kin expand to.
#[doc(hidden)]
#[proc_macro]
pub fn printk(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    printk::expand(input.into()).into()
}
