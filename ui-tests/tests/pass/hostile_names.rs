// SPDX-License-Identifier: GPL-2.0-only
//! All attributes, without a prelude, where everything is called something else.
#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub)]

#[path = "hostile/mod.rs"]
mod hostile;

fn main() {
    hostile::used();
}
