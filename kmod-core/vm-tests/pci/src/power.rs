// SPDX-License-Identifier: GPL-2.0-only
//! Power: a driver of `edu` for whom it must be asked, by `driver_override`, and one of a platform device; both
//! count what suspends and resumes their device.

use core::mem;

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Powered;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Powered> {
        Ok(Powered::default())
    }

    fn remove(&self, device: &Powered) {
        device.removed();
    }

    fn suspend(&self, device: &Powered) -> Result {
        device.called(0)
    }

    fn resume(&self, device: &Powered) -> Result {
        device.called(1)
    }

    fn runtime_suspend(&self, device: &Powered) -> Result {
        device.called(2)
    }

    fn runtime_resume(&self, device: &Powered) -> Result {
        device.called(3)
    }
}

#[derive(Default)]
pub(crate) struct Own;

#[handlers]
impl PlatformDriver for Own {
    type Device = Powered;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Powered> {
        Ok(Powered::default())
    }

    fn remove(&self, device: &Powered) {
        device.removed();
    }

    fn runtime_suspend(&self, device: &Powered) -> Result {
        device.called(2)
    }

    fn runtime_resume(&self, device: &Powered) -> Result {
        device.called(3)
    }
}

/// What is asked of it stands in its folder in sysfs.
#[device]
#[derive(Default)]
pub(crate) struct Powered {
    #[runtime_pm(autosuspend = 20)]
    power: RuntimePm,
    /// How often the system has had it suspended and resumed, and its runtime power management.
    #[sysfs]
    calls: [AtomicU32; 4],
    /// Which one of them fails, from 1 on.
    #[sysfs(mode = 0o644)]
    fails: AtomicU32,
    /// What a guard gave that was asked for in a handler for which it would wait.
    #[sysfs]
    inside: AtomicI32,
    /// Uses it.
    #[sysfs(name = "use", mode = 0o200)]
    uses: Uses,
}

impl Drop for Powered {
    fn drop(&mut self) {
        if self.power.get().err() != Some(ENODEV) {
            pr_err!("a device that has gone is kept on");
        }
    }
}

impl Powered {
    /// One of the four is called.
    fn called(&self, which: usize) -> Result {
        self.calls[which].fetch_add(1, Ordering::Relaxed);
        if which > 1 {
            let got = self.power.get().map(drop);
            let got = got.map_or_else(Error::to_errno, |()| 0);
            self.inside.store(got, Ordering::Relaxed);
        }
        if usize::try_from(self.fails.load(Ordering::Relaxed)) == Ok(which + 1) {
            return Err(EIO);
        }
        Ok(())
    }

    /// It is on, and may be used.
    fn removed(&self) {
        let works = self.fails.load(Ordering::Relaxed) == 0;
        if let Err(error) = self.power.get()
            && works
        {
            pr_err!("a device that is being removed is not on: {:?}", error);
        }
    }
}

#[derive(Default)]
struct Uses;

#[handlers]
impl SysfsFile for Uses {
    type Instance = Powered;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let power = &file.instance().power;
        match text.trim_ascii() {
            b"once" => power.get().map(drop),
            b"twice" => {
                let first = power.get()?;
                drop(power.get()?);
                drop(first);
                Ok(())
            }
            b"forgotten" => power.get().map(mem::forget),
            b"too often" => loop {
                mem::forget(power.get()?);
            },
            _ => Err(EINVAL),
        }
    }
}
