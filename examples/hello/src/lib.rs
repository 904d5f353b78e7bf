// SPDX-License-Identifier: GPL-2.0-only
//! Says hello, and shows every type that a module parameter can have.
//!
//! `twin/hello_c.c` is the same module in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Says hello, with parameters of every type
#[kernel_module(
    name = "hello",
    license = "GPL",
    authors = ["The kmod developers"],
    version = "1.0",
    params(
        /// Whom to greet
        who: &str = "world",
        /// How to greet, in any encoding
        #[param(perm = 0)]
        greeting: &CStr = c"Hello",
        /// Greet at all
        #[param(perm = 0o644)]
        greet: bool = true,
        /// How often to greet
        #[param(perm = 0o644, range = 1..=10)]
        times: u32 = 1,
        /// An i8
        #[param(perm = 0o644)]
        tiny: i8 = -8,
        /// A byte
        #[param(perm = 0o644)]
        byte: u8 = 8,
        /// A short
        #[param(perm = 0o644)]
        short: i16 = -16,
        /// An ushort
        #[param(perm = 0o644)]
        ushort: u16 = 16,
        /// An int
        #[param(perm = 0o644)]
        int: i32 = -32,
        /// A long
        #[param(perm = 0o644)]
        long: i64 = -64,
        /// An ullong
        #[param(perm = 0o644)]
        ullong: u64 = 64,
        /// A long, as wide as a pointer
        #[param(perm = 0o644)]
        offset: isize = -1,
        /// An ulong
        #[param(perm = 0o600)]
        size: usize = 1,
    ),
)]
struct Hello;

impl KernelModule for Hello {
    fn init(params: &HelloParams) -> Result<Self> {
        if params.greet() {
            for _ in 0..params.times() {
                pr_info!("{}, {}!", c_str(params.greeting()), params.who());
            }
        }
        pr_info!(
            "tiny={} byte={} short={} ushort={} int={}",
            params.tiny(),
            params.byte(),
            params.short(),
            params.ushort(),
            params.int(),
        );
        pr_info!(
            "long={} ullong={} offset={} size={}",
            params.long(),
            params.ullong(),
            params.offset(),
            params.size(),
        );
        Ok(Hello)
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        pr_info!("goodbye");
    }
}
