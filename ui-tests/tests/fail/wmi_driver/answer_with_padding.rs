// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

const LIGHTS: WmiGuid = WmiGuid::new("7A1B3C5D-0001-4E0F-8A9B-112233445566");

struct Answer {
    is_on: bool,
}

fn is_on() -> Result<bool> {
    Ok(LIGHTS.method::<u8, Answer>(0, 1, &0)?.is_on)
}

fn main() {
    let _ = is_on();
}
