// SPDX-License-Identifier: GPL-2.0-only
//! Uses of the attributes that libFuzzer chooses, held to what the tests hold them to:
//! `src/tests/fuzz`.
//!
//! A crate of proc macros cannot be linked to, so its files are this program's, too.
#![no_main]
#![expect(dead_code, reason = "the macros and their tests use more of the files")]

#[path = "../../src/attributes.rs"]
mod attributes;
#[path = "../../src/case.rs"]
mod case;
#[path = "../../src/documentation.rs"]
mod documentation;
#[path = "../../src/errors.rs"]
mod errors;
#[path = "../../src/file_operations/mod.rs"]
mod file_operations;
#[path = "../../src/tests/fuzz/mod.rs"]
mod fuzz;
#[path = "../../src/handlers/mod.rs"]
mod handlers;
#[path = "../../src/instance/mod.rs"]
mod instance;
#[path = "../../src/ioctl/mod.rs"]
mod ioctl;
#[path = "../../src/kernel_module/mod.rs"]
mod kernel_module;
#[path = "../../src/keys.rs"]
mod keys;
#[path = "../../src/objects/mod.rs"]
mod objects;
#[path = "../../src/param_enum.rs"]
mod param_enum;
#[path = "../../src/params/mod.rs"]
mod params;
#[path = "../../src/rules/mod.rs"]
mod rules;
#[path = "../../src/syntax/mod.rs"]
mod syntax;
#[path = "../../src/tokens.rs"]
mod tokens;
#[path = "../../src/uapi.rs"]
mod uapi;

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
