// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[hrtimer(mode = hard)]
    beat: Hrtimer<Beat>,
}

#[derive(Default)]
struct Beat;

#[handlers]
impl HrtimerHandler for Beat {
    fn expired(&self, _timer: &HrtimerCall<'_, Self>) -> Again {
        Again::No
    }
}

fn main() {}
