// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[proc(path = "ticket/sold")]
    sold: Sold,
}

#[derive(Default)]
struct Sold;

#[handlers]
impl TextFile for Sold {
    fn show(&self, _file: &TextCall<'_, Self>, _to: &mut SeqFile<'_>) -> Result {
        Ok(())
    }

    fn row(
        &self,
        _file: &TextCall<'_, Self>,
        _at: u64,
        _to: &mut SeqFile<'_>,
    ) -> Result<Option<u64>> {
        Ok(None)
    }
}

fn main() {}
