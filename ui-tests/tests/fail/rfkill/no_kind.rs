// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Board {
    #[rfkill(name = "a/b", persistent = 2)]
    radio: Rfkill<Radio>,
    #[rfkill(kind = wifi)]
    second: Rfkill<Radio>,
    #[rfkill(kind = "gps", type = nfc)]
    third: Rfkill<Radio>,
}

struct Radio;

#[handlers]
impl RfkillOps for Radio {
    fn poll(&self, _rfkill: &RfkillCall<'_, Self>) {}
}

fn main() {}
