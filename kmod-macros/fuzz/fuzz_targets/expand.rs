// SPDX-License-Identifier: GPL-2.0-only
//! Uses of the attributes that libFuzzer chooses, held to what the tests hold them to:
//! `src/tests/fuzz`.
//!
//! A crate of proc macros cannot be linked to, so its files are this program's, too.
#![no_main]
#![expect(dead_code, reason = "the macros and their tests use more of the files")]

#[path = "../../src/case.rs"]
mod case;
#[path = "../../src/check/mod.rs"]
mod check;
#[path = "../../src/documentation.rs"]
mod documentation;
#[path = "../../src/errors.rs"]
mod errors;
#[path = "../../src/expand/mod.rs"]
mod expand;
#[path = "../../src/tests/fuzz/mod.rs"]
mod fuzz;
#[path = "../../src/model/mod.rs"]
mod model;
#[path = "../../src/objects.rs"]
mod objects;
#[path = "../../src/parse/mod.rs"]
mod parse;

use fuzz::Inputs;
use libfuzzer_sys::fuzz_target;

thread_local! {
    static INPUTS: Inputs = Inputs::new();
}

fuzz_target!(|bytes: &[u8]| {
    let trouble = INPUTS.with(|inputs| inputs.chosen(bytes));
    if let Some(trouble) = trouble {
        panic!("{trouble}");
    }
});
