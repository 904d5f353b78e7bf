// SPDX-License-Identifier: GPL-2.0-only
//! A number that is used by ioctls of every kind, read by `read_iter` and polled.
//! `twin/bench_ioctl_c.c` is the same in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// A number behind ioctls
#[kernel_module(name = "bench_ioctl", license = "GPL", panic = "forbid")]
#[derive(Default)]
struct BenchIoctl {
    #[misc]
    bench_ioctl: Number,
}

#[ioctl(magic = 0xb8, prefix = "BENCH")]
enum BenchCmd {
    #[ior(0x01)]
    Get(u32),
    #[iow(0x02)]
    Set(u32),
    #[iowr(0x03)]
    Swap(u32),
    #[io(0x04)]
    Reset,
}

#[derive(Default)]
struct Number {
    value: Mutex<u32>,
    changed: WaitQueue,
}

#[file_operations]
impl FileOperations for Number {
    type Ioctl = BenchCmd;

    fn read_iter(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let value = *self.value.lock();
        to.write_value(&value)
    }

    fn poll(&self, _file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        table.wait(&self.changed);
        PollEvents::READABLE
    }
}

impl BenchCmdHandler for Number {
    fn get(&self, _file: &File<'_, Self>) -> Result<u32> {
        Ok(*self.value.lock())
    }

    fn set(&self, _file: &File<'_, Self>, value: u32) -> Result {
        *self.value.lock() = value;
        Ok(())
    }

    fn swap(&self, _file: &File<'_, Self>, value: u32) -> Result<u32> {
        Ok(core::mem::replace(&mut *self.value.lock(), value))
    }

    fn reset(&self, _file: &File<'_, Self>) -> Result {
        *self.value.lock() = 0;
        Ok(())
    }
}
