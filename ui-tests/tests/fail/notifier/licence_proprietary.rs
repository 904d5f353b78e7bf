// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::notifier::PmEvent;
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "Proprietary")]
#[derive(Default)]
struct Watch {
    #[notifier(pm)]
    modules: Notifier<Modules>,
}

#[derive(Default)]
struct Modules;

#[handlers]
impl NotifierHandler for Modules {
    type Event = PmEvent;

    fn notify(&self, _call: &NotifierCall<'_, Self>) -> Result {
        Ok(())
    }
}

fn main() {}
