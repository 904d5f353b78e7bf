//! `::kmod_core` is the crate itself.
extern crate kmod_core as genuine;
extern crate self as kmod_core;

pub use genuine::*;

#[kmod_core::uapi]
#[derive(Clone, Copy)]
struct Limits {
    min: u32,
}

fn main() {}
