// SPDX-License-Identifier: GPL-2.0-only
//! A device with a buffer of 1 MiB behind a lock. `twin/bench_device_c.c` is the same in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Bytes of the buffer.
const SIZE: usize = 1 << 20;

/// A buffer of 1 MiB
#[kernel_module(name = "bench_device", license = "GPL")]
struct BenchDevice {
    #[chrdev]
    bench_device: Buffer,
}

impl KernelModule for BenchDevice {
    fn init(_params: &BenchDeviceParams) -> Result<Self> {
        Ok(Self {
            bench_device: Buffer(Mutex::new(KVec::zeroed(SIZE, GFP_KERNEL)?)),
        })
    }
}

struct Buffer(Mutex<KVec<u8>>);

#[file_operations]
impl FileOperations for Buffer {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(&self.0.lock(), pos)?;
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        if pos >= SIZE as u64 {
            return Err(ENOSPC);
        }
        from.read_into(&mut self.0.lock(), pos)?;
        Ok(())
    }

    fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        file.seek_fixed(to, SIZE as u64)
    }
}
