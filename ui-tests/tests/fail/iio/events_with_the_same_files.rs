// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Board {
    #[iio(channels(temp(raw, event(thresh, rising, en)), temp(offset, event(thresh, rising, en))))]
    meter: Iio<()>,
}

fn main() {}
