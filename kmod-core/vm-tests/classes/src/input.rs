// SPDX-License-Identifier: GPL-2.0-only
//! An input device that reports what it is told, and one that is polled.

use core::time::Duration;

use kmod_core::prelude::*;

use crate::Board;

/// Says how often the polled device was opened and closed, in all.
static OPENED: AtomicU32 = AtomicU32::new(0);
static CLOSED: AtomicU32 = AtomicU32::new(0);

/// Reports what is written: a code's name, and a value.
#[derive(Default)]
pub(crate) struct Report;

#[handlers]
impl SysfsFile for Report {
    type Instance = Board;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let keys = &file.instance().keys;
        let text = core::str::from_utf8(text.trim_ascii())?;
        let (name, value) = text.split_once(' ').ok_or(EINVAL)?;
        let value: i32 = value.parse()?;
        file.instance().inert.report_key(input::KEY_A, value != 0);
        match name {
            "KEY_A" => keys.report_key(input::KEY_A, value != 0),
            "BTN_LEFT" => keys.report_key(input::BTN_LEFT, value != 0),
            "KEY_Z" => keys.report_key(input::KEY_Z, value != 0),
            "REL_X" => keys.report_rel(input::REL_X, value),
            "REL_Y" => keys.report_rel(input::REL_Y, value),
            "ABS_X" => keys.report_abs(input::ABS_X, value),
            "ABS_Y" => keys.report_abs(input::ABS_Y, value),
            "ABS_Z" => keys.report_abs(input::ABS_Z, value),
            "SW_LID" => keys.report_switch(input::SW_LID, value != 0),
            "SW_DOCK" => keys.report_switch(input::SW_DOCK, value != 0),
            "SYN" => keys.sync(),
            "LATER" => {
                file.instance().later.arm(Duration::from_millis(1));
            }
            _ => return Err(EINVAL),
        }
        Ok(())
    }
}

/// Reports a key from where nothing may sleep.
#[derive(Default)]
pub(crate) struct Later;

#[handlers]
impl TimerHandler for Later {
    type Instance = Board;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let keys = &timer.instance().keys;
        keys.report_key(input::KEY_A, true);
        keys.report_key(input::KEY_A, false);
        keys.sync();
        Again::No
    }
}

/// Presses and releases a key in turns.
#[derive(Default)]
pub(crate) struct Polled {
    is_open: AtomicBool,
    is_pressed: AtomicBool,
    refuses: AtomicBool,
}

#[handlers]
impl InputOps for Polled {
    type Instance = Board;

    fn open(&self, _input: &InputCall<'_, Self>) -> Result {
        if self.refuses.load(Ordering::Relaxed) {
            return Err(EACCES);
        }
        if self.is_open.swap(true, Ordering::Relaxed) {
            pr_err!("it is opened twice");
        }
        OPENED.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn close(&self, input: &InputCall<'_, Self>) {
        if !self.is_open.swap(false, Ordering::Relaxed) {
            pr_err!("it is closed, and was not opened");
        }
        CLOSED.fetch_add(1, Ordering::Relaxed);
        // Nobody hears it.
        input.instance().polled.report_key(input::BTN_0, true);
        input.instance().polled.sync();
    }

    fn poll(&self, input: &InputCall<'_, Self>) {
        let is_pressed = !self.is_pressed.fetch_xor(true, Ordering::Relaxed);
        let polled = &input.instance().polled;
        polled.report_key(input::BTN_0, is_pressed);
        polled.sync();
    }
}

/// Whether opening the polled device is refused; a read says how often it was opened and closed.
#[derive(Default)]
pub(crate) struct Refuses;

#[handlers]
impl SysfsFile for Refuses {
    type Instance = Board;

    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let [opened, closed] = [&OPENED, &CLOSED].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{opened} {closed}")
    }

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let refuses = text.starts_with(b"1");
        let handler = file.instance().polled.handler();
        handler.refuses.store(refuses, Ordering::Relaxed);
        Ok(())
    }
}

/// The same counts when the device is gone.
#[derive(Default)]
pub(crate) struct Turns;

#[handlers]
impl SysfsFile for Turns {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let [opened, closed] = [&OPENED, &CLOSED].map(|count| count.load(Ordering::Relaxed));
        writeln!(to, "{}", opened.wrapping_sub(closed))
    }
}
