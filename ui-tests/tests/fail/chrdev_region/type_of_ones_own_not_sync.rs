// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[chrdev_region]
    region: Region,
}

#[derive(Default)]
struct Region(ChrdevRegion, core::cell::Cell<u32>);

impl kmod_core::chrdev::RegionType for Region {
    fn region(&self) -> &ChrdevRegion {
        &self.0
    }
}

fn main() {}
