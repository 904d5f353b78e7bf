// SPDX-License-Identifier: GPL-2.0-only
//! The expansion warns about nothing.
#![deny(
    warnings,
    clippy::pedantic,
    missing_docs,
    future_incompatible,
    keyword_idents,
    nonstandard_style,
    unreachable_pub,
    unused
)]

use kmod_core::prelude::*;

/// Hands out ticket numbers.
#[kernel_module(name = "ticket", license = "GPL", params(start: u32 = 1, who: &str = "world"))]
pub(crate) struct Ticket {
    #[chrdev]
    device: Dispenser,
    #[chrdev_region(minors = 2)]
    region: ChrdevRegion,
    next: AtomicU32,
}

impl KernelModule for Ticket {
    fn init(params: &TicketParams) -> Result<Self> {
        pr_info!("hello, {}", params.who());
        Ok(Self {
            device: Dispenser,
            region: ChrdevRegion::default(),
            next: AtomicU32::new(params.start()),
        })
    }
}

struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    type Module = Ticket;
    type PerOpen = AtomicU32;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<AtomicU32> {
        Ok(AtomicU32::new(0))
    }

    fn release(&self, file: &File<'_, Self>) {
        file.module().next.fetch_add(1, Ordering::Relaxed);
    }
}

fn main() {}
