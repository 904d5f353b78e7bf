// SPDX-License-Identifier: GPL-2.0-only
//! A device on another bus than what its struct has is of: it is not bound.

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Elsewhere;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Elsewhere> {
        Ok(Elsewhere::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Elsewhere {
    #[bus]
    chip: I2cClient,
}
