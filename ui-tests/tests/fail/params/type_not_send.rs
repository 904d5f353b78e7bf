// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL", params(place: Place = Place(core::ptr::null())))]
#[derive(Default)]
struct Ticket;

#[derive(Clone, Copy)]
struct Place(*const u32);

impl ParamValue for Place {
    fn parse(_text: &str) -> Result<Self> {
        Err(EINVAL)
    }

    fn show(&self, _to: &mut ParamWriter<'_>) -> Result {
        Ok(())
    }
}

fn main() {}
