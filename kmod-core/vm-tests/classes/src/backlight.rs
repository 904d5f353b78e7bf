// SPDX-License-Identifier: GPL-2.0-only
//! Backlights: one that keeps what it is set to, and one that knows better.

use kmod_core::prelude::*;

use crate::Board;

/// Refuses 13, and keeps the rest.
#[derive(Default)]
pub(crate) struct Panel;

#[handlers]
impl BacklightOps for Panel {
    type Instance = Board;

    fn update_status(&self, backlight: &BacklightCall<'_, Self>, brightness: u32) -> Result {
        if brightness == 13 {
            return Err(EIO);
        }
        let lit = &backlight.instance().lit;
        lit.store(brightness, Ordering::Relaxed);
        Ok(())
    }

    fn get_brightness(&self, backlight: &BacklightCall<'_, Self>) -> Result<u32> {
        match backlight.instance().lit.load(Ordering::Relaxed) {
            14 => Err(EIO),
            lit => Ok(lit * 2),
        }
    }
}

/// The module's own.
#[derive(Default)]
pub(crate) struct Plain;

#[handlers]
impl BacklightOps for Plain {
    fn update_status(&self, _backlight: &BacklightCall<'_, Self>, _brightness: u32) -> Result {
        Ok(())
    }
}
