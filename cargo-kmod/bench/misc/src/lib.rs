// SPDX-License-Identifier: GPL-2.0-only
//! A misc device with two ioctls and no more: what it weighs. `twin/bench_misc_c.c` is the same in
//! C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// A number behind two ioctls
#[kernel_module(name = "bench_misc", license = "GPL", panic = "forbid")]
#[derive(Default)]
struct BenchMisc {
    #[misc]
    bench_misc: Number,
}

#[ioctl(magic = 0xb9, prefix = "BENCH")]
enum BenchCmd {
    #[ior(0x01)]
    Get(u32),
    #[iow(0x02)]
    Set(u32),
}

#[derive(Default)]
struct Number(Mutex<u32>);

#[file_operations]
impl FileOperations for Number {
    type Ioctl = BenchCmd;
}

impl BenchCmdHandler for Number {
    fn get(&self, _file: &File<'_, Self>) -> Result<u32> {
        Ok(*self.0.lock())
    }

    fn set(&self, _file: &File<'_, Self>, value: u32) -> Result {
        *self.0.lock() = value;
        Ok(())
    }
}
