// SPDX-License-Identifier: GPL-2.0-only
//! A parameter of every kind. `twin/vm_params_c.c` has the same ones in C, as far as C has them.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Parameters of every kind
#[kernel_module(
    name = "vm_params",
    license = "GPL",
    params(
        /// A bool
        #[param(perm = 0o644)]
        flag: bool = false,
        /// A bool that is written as its opposite
        #[param(perm = 0o644, kind = invbool)]
        inverse: bool = false,
        /// An int that is set like a bool
        #[param(perm = 0o644, kind = bint)]
        bint: i32 = -1,
        #[param(perm = 0o644)]
        byte: u8 = 8,
        #[param(perm = 0o644)]
        short: i16 = -16,
        #[param(perm = 0o644)]
        ushort: u16 = 16,
        #[param(perm = 0o644)]
        int: i32 = -32,
        #[param(perm = 0o644)]
        uint: u32 = 32,
        #[param(perm = 0o644)]
        long: i64 = -64,
        #[param(perm = 0o644)]
        ulong: usize = 64,
        #[param(perm = 0o644)]
        ullong: u64 = 64,
        /// Shown in base 16
        #[param(perm = 0o644, kind = hexint)]
        hexint: u32 = 0xff,
        /// 1 to 10
        #[param(perm = 0o644, range = 1..=10)]
        ranged: u32 = 1,
        /// Text that may change
        #[param(perm = 0o644)]
        charp: &CStr = c"world",
        /// Text that stays
        fixed_charp: &str = "world",
        /// Text with room for 15 bytes
        #[param(perm = 0o644, len = 16)]
        string: &CStr = c"room",
        /// The same, and it stays
        #[param(len = 16)]
        fixed_string: &str = "room",
        /// Up to four ints
        #[param(perm = 0o644)]
        ints: [i32; 4] = [1, -2],
        /// Up to three bytes
        #[param(perm = 0o644)]
        bytes: [u8; 3] = [1, 2, 3],
        /// Up to three bools
        #[param(perm = 0o644)]
        flags: [bool; 3] = [true, false],
        /// Up to two, in base 16
        #[param(perm = 0o644, kind = hexint)]
        hexes: [u32; 2] = [0x10],
        /// Up to three opposites
        #[param(perm = 0o644, kind = invbool)]
        inverses: [bool; 3] = [],
        /// Up to three texts
        #[param(perm = 0o644)]
        words: [&CStr; 3] = ["a", "bc"],
        /// Up to three numbers that stay
        fixed_longs: [i64; 3] = [-1, 0, 1],
        /// By its name
        #[param(perm = 0o644)]
        speed: Speed = Speed::Slow,
        /// Its name differs
        #[param(perm = 0o644, name = "other")]
        renamed: u32 = 7,
        /// Taints
        #[param(perm = 0o644, taint = true)]
        risky: u32 = 0,
        #[param(perm = 0)]
        hidden: u32 = 1,
        #[param(perm = 0o600)]
        owners: u32 = 1,
        #[param(perm = 0o200)]
        write_only: u32 = 1,
        #[param(perm = 0o440)]
        group_reads: u32 = 1,
        #[param(perm = 0o664)]
        group_writes: u32 = 1,
    ),
)]
struct VmParams;

#[derive(Clone, Copy, ParamEnum)]
enum Speed {
    Slow,
    Fast,
    VeryFast,
    #[param(name = "off")]
    Stopped,
}

impl KernelModule for VmParams {
    /// Says what the module itself sees.
    fn init(params: &VmParamsParams) -> Result<Self> {
        pr_info!(
            "inverse={} bint={} ints={} bytes={}",
            params.inverse(),
            params.bint(),
            params.ints().iter().sum::<i32>(),
            params.bytes().len(),
        );
        pr_info!(
            "string={} charp={} fixed={}",
            c_str(&params.string()),
            c_str(&params.charp()),
            params.fixed_string(),
        );
        for word in &params.words() {
            pr_info!("word={}", c_str(word));
        }
        let speed = match params.speed() {
            Speed::Slow => 1,
            Speed::Fast => 2,
            Speed::VeryFast => 3,
            Speed::Stopped => 0,
        };
        pr_info!("speed={} renamed={}", speed, params.renamed());
        Ok(VmParams)
    }
}
