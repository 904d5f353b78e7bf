// SPDX-License-Identifier: GPL-2.0-only
//! A clock that stands still.

use kmod_core::prelude::*;

use crate::Board;

#[derive(Default)]
pub(crate) struct Clock;

#[handlers]
impl RtcOps for Clock {
    type Instance = Board;

    fn read_time(&self, rtc: &RtcCall<'_, Self>) -> Result<i64> {
        match rtc.instance().now.load(Ordering::Relaxed) {
            86_400 => Err(EINVAL),
            now => Ok(now),
        }
    }

    fn set_time(&self, rtc: &RtcCall<'_, Self>, time: i64) -> Result {
        if time % 60 == 13 {
            return Err(EIO);
        }
        rtc.instance().now.store(time, Ordering::Relaxed);
        Ok(())
    }
}
