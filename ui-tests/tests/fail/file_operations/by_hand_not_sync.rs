// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Dispenser(core::cell::Cell<u32>);

impl FileOperations for Dispenser {
    type Module = ();
    type PerOpen = ();
    type Ioctl = ();

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result {
        Ok(())
    }
}

fn main() {}
