// SPDX-License-Identifier: GPL-2.0-only
//! A watchdog that counts what it is told.

use kmod_core::prelude::*;

/// How often each handler was called, and the last time that was set.
static COUNTS: [AtomicU32; 4] = [const { AtomicU32::new(0) }; 4];

fn count(at: usize) {
    if let Some(count) = COUNTS.get(at) {
        count.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
pub(crate) struct Dog {
    timeout: AtomicU32,
}

#[handlers]
impl WatchdogOps for Dog {
    fn start(&self, _watchdog: &WatchdogCall<'_, Self>, timeout: u32) -> Result {
        count(0);
        self.timeout.store(timeout, Ordering::Relaxed);
        Ok(())
    }

    fn stop(&self, _watchdog: &WatchdogCall<'_, Self>) -> Result {
        count(1);
        Ok(())
    }

    fn ping(&self, _watchdog: &WatchdogCall<'_, Self>) -> Result {
        count(2);
        Ok(())
    }

    fn set_timeout(&self, _watchdog: &WatchdogCall<'_, Self>, timeout: u32) -> Result<u32> {
        count(3);
        if timeout == 13 {
            return Err(EIO);
        }
        let timeout = timeout.next_multiple_of(4);
        self.timeout.store(timeout, Ordering::Relaxed);
        Ok(timeout)
    }

    fn get_timeleft(&self, _watchdog: &WatchdogCall<'_, Self>) -> u32 {
        self.timeout.load(Ordering::Relaxed) / 2
    }
}

/// The counts.
#[derive(Default)]
pub(crate) struct Calls;

#[handlers]
impl SysfsFile for Calls {
    fn show(&self, _file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        for count in &COUNTS {
            write!(to, "{},", count.load(Ordering::Relaxed))?;
        }
        Ok(())
    }
}
