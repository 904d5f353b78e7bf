// SPDX-License-Identifier: GPL-2.0-only
//! A trigger of LEDs: what is written to a file is done.

use kmod_core::prelude::*;

use crate::Classes;

/// A command, and numbers.
#[derive(Default)]
pub(crate) struct TriggerTells;

#[handlers]
impl SysfsFile for TriggerTells {
    type Instance = Classes;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let module = file.instance();
        let text = core::str::from_utf8(text).map_err(|_| EINVAL)?.trim_end();
        let (command, number) = text.split_once(' ').ok_or(EINVAL)?;
        let number: u32 = kmod_core::str::parse(number)?;
        let blink = Blink {
            delay_on: number,
            delay_off: number,
        };
        for trigger in [&module.busy, &module.no_trigger] {
            match command {
                "event" => trigger.event(number),
                "blink" => trigger.blink(blink),
                "oneshot" => trigger.blink_oneshot(blink, false),
                _ => return Err(EINVAL),
            }
        }
        Ok(())
    }
}
