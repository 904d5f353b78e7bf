// SPDX-License-Identifier: GPL-2.0-only
//! Radios: one that is told how it is, and one that is polled and keeps what was set.

use kmod_core::prelude::*;

use crate::Board;

/// A radio with a slider, which refuses what it is told if it is stubborn.
#[derive(Default)]
pub(crate) struct Radio {
    is_slid: AtomicBool,
    is_stubborn: AtomicBool,
    is_off: AtomicBool,
}

#[handlers]
impl RfkillOps for Radio {
    type Instance = Board;

    fn set_block(&self, rfkill: &RfkillCall<'_, Self>, blocked: bool) -> Result {
        if self.is_stubborn.load(Ordering::Relaxed) {
            // What the firmware says meanwhile is what remains.
            rfkill.instance().radio.set_sw_state(true);
            return Err(EIO);
        }
        self.is_off.store(blocked, Ordering::Relaxed);
        Ok(())
    }

    fn query(&self, rfkill: &RfkillCall<'_, Self>) {
        let is_slid = self.is_slid.load(Ordering::Relaxed);
        rfkill.instance().radio.set_hw_state(is_slid);
    }
}

/// Says how the radio is; a read says what is known of it.
#[derive(Default)]
pub(crate) struct RadioTells;

#[handlers]
impl SysfsFile for RadioTells {
    type Instance = Board;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let radio = &file.instance().radio;
        let is_off = radio.handler().is_off.load(Ordering::Relaxed);
        let [is_blocked, is_off] = [radio.is_blocked(), is_off].map(u8::from);
        writeln!(to, "{is_blocked} {is_off}")
    }

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let board = file.instance();
        let radio = &board.radio;
        let (what, is_so) = match text.trim_ascii() {
            [what @ .., b' ', b'0'] => (what, false),
            [what @ .., b' ', b'1'] => (what, true),
            _ => return Err(EINVAL),
        };
        // Nobody knows it: nothing happens.
        if board.no_radio.set_hw_state(is_so) != is_so || board.no_radio.is_blocked() {
            pr_err!("a radio that is none has a state");
        }
        match what {
            b"hw" => {
                radio.set_hw_state(is_so);
            }
            b"sw" => {
                radio.set_sw_state(is_so);
            }
            b"slide" => radio.handler().is_slid.store(is_so, Ordering::Relaxed),
            b"stubborn" => radio.handler().is_stubborn.store(is_so, Ordering::Relaxed),
            b"kept" => board.kept.handler().is_slid.store(is_so, Ordering::Relaxed),
            _ => return Err(EINVAL),
        }
        Ok(())
    }
}

/// It was blocked when it was switched off.
#[derive(Default)]
pub(crate) struct Kept {
    is_slid: AtomicBool,
    is_asked: AtomicBool,
}

#[handlers]
impl RfkillOps for Kept {
    type Instance = Board;

    fn set_block(&self, _rfkill: &RfkillCall<'_, Self>, _blocked: bool) -> Result {
        Ok(())
    }

    fn poll(&self, rfkill: &RfkillCall<'_, Self>) {
        let is_slid = self.is_slid.load(Ordering::Relaxed);
        rfkill.instance().kept.set_hw_state(is_slid);
    }

    fn query(&self, rfkill: &RfkillCall<'_, Self>) {
        if !self.is_asked.swap(true, Ordering::Relaxed) {
            rfkill.instance().kept.set_sw_state(true);
        }
    }
}

/// The module's own.
#[derive(Default)]
pub(crate) struct OwnRadio;

#[handlers]
impl RfkillOps for OwnRadio {
    fn set_block(&self, _rfkill: &RfkillCall<'_, Self>, _blocked: bool) -> Result {
        Ok(())
    }
}
