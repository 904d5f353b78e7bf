// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

#[derive(Default)]
struct Keeps(Mutex<Option<Caller<'static>>>);

#[handlers]
impl TextFile for Keeps {
    fn show(&self, file: &TextCall<'_, Self>, _to: &mut SeqFile<'_>) -> Result {
        *self.0.lock() = Some(file.caller());
        Ok(())
    }
}

fn main() {}
