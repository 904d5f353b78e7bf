// SPDX-License-Identifier: GPL-2.0-only
//! Functions that C calls are ordinary ones, without a warning and without `unsafe`.
#![deny(warnings, clippy::pedantic, missing_docs, unused, unreachable_pub)]
#![forbid(unsafe_code)]
#![no_implicit_prelude]

use ::kmod_core::{export_c, uapi};

/// What may be drawn.
#[uapi]
#[derive(::core::clone::Clone, ::core::marker::Copy)]
struct Limits {
    /// The smallest number.
    min: u32,
    max: u32,
    step: u32,
}

/// The number after this one.
#[export_c]
fn ticket_next(step: u32, limits: &Limits, next: &mut u64, _: bool) -> i32 {
    if step < limits.min || step > limits.max {
        return -1;
    }
    *next += ::core::convert::Into::<::core::primitive::u64>::into(limits.step);
    0
}

#[export_c]
fn ticket_clear(_marks: &mut [u8; 4], _length: usize) {}

#[export_c]
#[cfg(target_os = "none")]
fn ticket_next() {}

#[export_c]
fn r#ticket_raw(r#type: i64) -> i64 {
    r#type
}

fn main() {
    let mut next = 1;
    let limits = Limits {
        min: 1,
        max: 9,
        step: 3,
    };
    ::std::assert_eq!(ticket_next(3, &limits, &mut next, true), 0);
    ::std::assert_eq!(next, 4);
    ticket_clear(&mut [0; 4], 4);
    ::std::assert_eq!(ticket_raw(-1), -1);
}
