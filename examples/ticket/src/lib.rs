// SPDX-License-Identifier: GPL-2.0-only
//! A device that hands out numbers: `head -n1 /dev/ticket`.
//!
//! Writing a number to it (`echo 100 > /dev/ticket`) makes that the next one.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Hands out ticket numbers
#[kernel_module(
    name = "ticket",
    license = "GPL",
    authors = ["The kmod developers"],
    params(
        /// First number handed out
        start: u32 = 1,
    ),
)]
struct Ticket {
    /// /dev/ticket: every read returns the next number.
    #[chrdev(mode = 0o644)]
    ticket: Dispenser,
    /// /proc/sys/ticket/step: distance between two numbers.
    #[sysctl(path = "ticket/step", mode = 0o644, range = 1..=100)]
    step: AtomicU32,
}

impl KernelModule for Ticket {
    fn init(params: &TicketParams) -> Result<Self> {
        Ok(Self {
            ticket: Dispenser(Mutex::new(params.start())),
            step: AtomicU32::new(1),
        })
    }
}

/// The next number.
struct Dispenser(Mutex<u32>);

#[file_operations]
impl FileOperations for Dispenser {
    type Module = Ticket;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let mut next = self.0.lock();
        // The number is drawn only if its reader got it.
        writeln!(to, "{}", *next)?;
        *next = next.wrapping_add(file.module().step.load(Ordering::Relaxed));
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        *self.0.lock() = from.parse()?;
        Ok(())
    }
}
