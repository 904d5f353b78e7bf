// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[urb]
    reports: Urb<Reports>,
}

struct Reports;

#[handlers]
impl UrbHandler for Reports {
    fn completed(&self, _urb: &UrbCall<'_, Self>, _received: Result<&[u8]>) -> UrbReturn {
        UrbReturn::Done
    }
}

fn main() {}
