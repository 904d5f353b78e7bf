// SPDX-License-Identifier: GPL-2.0-only
//! A device that nobody but its driver reads.

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl HidDriver for Driver {
    type Device = Always;

    fn probe(&self, _device: &HidDevice<'_, Self>) -> Result<Always> {
        Ok(Always::default())
    }

    fn event(&self, device: &Always, event: &HidEvent) -> HidReturn {
        device.events.fetch_add(1, Ordering::Relaxed);
        device.last.store(event.usage.usage(), Ordering::Relaxed);
        HidReturn::Unhandled
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Always {
    #[sysfs]
    events: AtomicU32,
    #[sysfs]
    last: AtomicU32,
}
