// SPDX-License-Identifier: GPL-2.0-only
//! A thread of low priority adds texts up (Adler-32), and who has written one waits until it has.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Adds up what is written, in a thread
#[kernel_module(name = "checksum", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Checksum {
    #[kthread(nice = 10)]
    checksum: Kthread<Adder>,
    /// /dev/checksum: write a text, and read its sum.
    #[misc(name = "checksum", mode = 0o666)]
    desk: Desk,
}

/// What the thread adds up next, and what came out last.
#[derive(Default)]
struct Adder {
    text: Mutex<Option<KVec<u8>>>,
    sum: AtomicU32,
    done: Completion,
}

#[handlers]
impl KthreadHandler for Adder {
    fn run(&self, _stop: &Stop<'_, Self>) -> Result {
        if let Some(text) = self.text.lock().take() {
            self.sum.store(adler32(&text), Ordering::Relaxed);
            self.done.complete();
        }
        Ok(())
    }
}

fn adler32(text: &[u8]) -> u32 {
    let (low, high) = text.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65521;
        (low, (high + low) % 65521)
    });
    high << 16 | low
}

/// One text at a time.
#[derive(Default)]
struct Desk(Mutex<u32>);

#[file_operations]
impl FileOperations for Desk {
    type Instance = Checksum;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos == 0 {
            writeln!(to, "{:08x}", *self.0.lock())?;
        }
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(4096, GFP_KERNEL)?;
        let thread = &file.instance().checksum;
        let adder = thread.handler();
        let mut sum = self.0.lock();
        *adder.text.lock() = Some(text);
        thread.start();
        adder.done.wait_uninterruptible()?;
        *sum = adder.sum.load(Ordering::Relaxed);
        Ok(())
    }
}
