//! `::core` is the crate itself, which says of sizes what it likes.
extern crate core as genuine;
extern crate self as core;

pub use genuine::*;

pub mod mem {
    pub use genuine::mem::*;

    pub const fn size_of<T>() -> usize {
        8
    }
}

use kmod_core::prelude::*;

#[kernel_module(name = "renamed", license = "GPL")]
#[derive(Default)]
struct Renamed {
    count: AtomicU32,
}

fn main() {}
