// SPDX-License-Identifier: GPL-2.0-only
//! LEDs that are set at once, that sleep, and that blink by themselves.

use kmod_core::prelude::*;

use crate::{Board, Classes};

/// What they were set to last.
static PLAIN: AtomicU32 = AtomicU32::new(77);
static SLOW: AtomicU32 = AtomicU32::new(77);
static BLINKS: AtomicU32 = AtomicU32::new(77);

#[derive(Default)]
pub(crate) struct Plain;

#[handlers]
impl LedOps for Plain {
    fn brightness_set(&self, _led: &LedCall<'_, Self>, brightness: u32) {
        PLAIN.store(brightness, Ordering::Relaxed);
    }
}

#[derive(Default)]
pub(crate) struct Slow;

#[handlers]
impl LedOps for Slow {
    type Instance = Board;

    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        if brightness == 5 {
            return Err(EIO);
        }
        kmod_core::time::fsleep(core::time::Duration::from_micros(50));
        led.instance()
            .slow_level
            .store(brightness, Ordering::Relaxed);
        SLOW.store(brightness, Ordering::Relaxed);
        Ok(())
    }

    fn brightness_get(&self, led: &LedCall<'_, Self>) -> Result<u32> {
        match led.instance().slow_level.load(Ordering::Relaxed) {
            6 => Err(EIO),
            level => Ok(level),
        }
    }
}

/// It blinks in steps of 100 ms.
#[derive(Default)]
pub(crate) struct Blinks {
    on: AtomicU32,
    off: AtomicU32,
}

#[handlers]
impl LedOps for Blinks {
    type Module = Classes;

    fn brightness_set(&self, led: &LedCall<'_, Self>, brightness: u32) {
        BLINKS.store(brightness, Ordering::Relaxed);
        led.module().own.handler().0.fetch_add(1, Ordering::Relaxed);
    }

    fn blink_set(&self, _led: &LedCall<'_, Self>, blink: Blink) -> Result<Blink> {
        if blink.delay_on > 1000 {
            return Err(EINVAL);
        }
        let step = |delay: u32| delay.max(1).div_ceil(100) * 100;
        let blink = Blink {
            delay_on: step(blink.delay_on),
            delay_off: step(blink.delay_off),
        };
        self.on.store(blink.delay_on, Ordering::Relaxed);
        self.off.store(blink.delay_off, Ordering::Relaxed);
        Ok(blink)
    }
}

/// The module's own.
#[derive(Default)]
pub(crate) struct Own(AtomicU32);

#[handlers]
impl LedOps for Own {
    fn brightness_set(&self, _led: &LedCall<'_, Self>, brightness: u32) {
        self.0.store(brightness, Ordering::Relaxed);
    }

    fn brightness_get(&self, _led: &LedCall<'_, Self>) -> Result<u32> {
        Ok(self.0.load(Ordering::Relaxed))
    }
}

#[derive(Default)]
pub(crate) struct Last;

#[handlers]
impl SysfsFile for Last {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        let [plain, slow, blinks] = [&PLAIN, &SLOW, &BLINKS].map(|led| led.load(Ordering::Relaxed));
        writeln!(to, "{plain} {slow} {blinks}")
    }
}
