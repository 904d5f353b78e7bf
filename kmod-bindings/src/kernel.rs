// SPDX-License-Identifier: GPL-2.0-only
//! What bindgen made of the target kernel's headers.
#![allow(
    clippy::all,
    improper_ctypes,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unnecessary_transmutes,
    unsafe_op_in_unsafe_fn,
    reason = "generated: the names and forms are C's"
)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
