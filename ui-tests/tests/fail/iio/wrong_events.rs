// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Board {
    #[iio(
        channels(
            voltage(index = 0, raw, event(threshold, up, enable)),
            voltage(index = 1, raw, event(thresh), event(thresh, rising, raw, en, en)),
            voltage(index = 2, raw, event(mag, rising, en, available(value), index = 3)),
            voltage(index = 3, raw, event(mag, rising, en), event(mag, rising, value)),
        ),
    )]
    meter: Iio<()>,
}

fn main() {}
